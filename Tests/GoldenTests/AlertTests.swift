import Detection
import Flows
import Foundation
import Pipeline
import Policy
import Records
import Support
import Testing

/// What is found in captures that others made, and in ours.
@Suite("Alerts of captures")
struct AlertTests {
    private static func alerts(
        _ path: String,
        _ policy: CompiledPolicy = CompiledPolicy(DeclaredPolicy()),
        looksAtAll: Bool = false
    ) throws -> [Alert] {
        var alerts: [Alert] = []
        var settings = PipelineSettings()
        settings.flows = settings.flows.judged
        let judge = DetectionSink(policy, looksAtAll: looksAtAll) { alerts.append($0) }
        _ = try ReplayedCapture.read(path, settings, into: judge)
        judge.finish()
        return alerts
    }

    private static func shared(_ name: String) -> String { SharedCaptures.folder.appending(path: name).path }

    /// Attacks, and who makes them: as nmap's reports, Zeek's notices and Suricata's tests have it.
    private static let attacks: [(file: String, rule: Rule, source: String)] = [
        ("lab/lab_nmap_syn.pcap", .verticalScan, "10.77.0.1"),
        ("lab/lab_nmap_connect.pcap", .verticalScan, "10.77.0.1"),
        ("lab/lab_nmap_fin.pcap", .verticalScan, "10.77.0.1"), ("lab/lab_nmap_null.pcap", .verticalScan, "10.77.0.1"),
        ("lab/lab_nmap_xmas.pcap", .verticalScan, "10.77.0.1"), ("lab/lab_nmap_ack.pcap", .verticalScan, "10.77.0.1"),
        ("lab/lab_nmap_udp.pcap", .verticalScan, "10.77.0.1"),
        ("lab/lab_sweep_syn445.pcap", .horizontalScan, "10.77.0.1"),
        ("lab/lab_sweep_icmp.pcap", .pingSweep, "10.77.0.1"),
        ("scans/bro-simple-scan__445_scan.pcap", .horizontalScan, "176.192.150.3"),
        ("scans/nDPI__synscan.pcap", .verticalScan, "172.16.0.8"),
        ("dns-tunnel/examples__dns-tunnel-iodine.pcap", .dnsTunnel, "10.0.2.30"),
        ("dns-tunnel/nDPI__dns_exfiltration.pcap", .dnsTunnel, "192.168.220.56"),
    ]

    @Test(.enabled(if: SharedCaptures.areAvailable), arguments: attacks)
    func findsAttacksAndNamesThem(file: String, rule: Rule, source: String) throws {
        let alerts = try Self.alerts(Self.shared(file))
        #expect(alerts.contains { $0.rule == rule && "\($0.source.address)" == source }, "\(alerts.map(\.message))")
        #expect(alerts.allSatisfy { "\($0.source.address)" == source }, "\(alerts.map(\.message))")
    }

    /// Attacks that are not one sender's alone, or in which others answer in masses.
    @Test(
        .enabled(if: SharedCaptures.areAvailable),
        arguments: [
            ("lab/lab_arp_sweep.pcap", Rule.arpSweep), ("lab/lab_flood_icmp.pcap", .icmpFlood),
            ("lab/lab_flood_syn_onesrc.pcap", .synFlood), ("lab/lab_flood_syn_spoofed.pcap", .synFlood),
            ("lab/lab_flood_udp.pcap", .udpFlood), ("lab/lab_vxlan_scan_outer.pcap", .verticalScan),
            ("floods/surver__tcp-session-syn-flood-drop-precedence_input.pcap", .synFlood),
        ]
    )
    func findsFloodsAndSweeps(file: String, rule: Rule) throws {
        let alerts = try Self.alerts(Self.shared(file))
        #expect(alerts.contains { $0.rule == rule }, "\(alerts.map(\.message))")
    }

    /// A flood's sender is named only where one sends most of it.
    @Test(.enabled(if: SharedCaptures.areAvailable)) func accusesNobodyWhoseAddressMayBeForged() throws {
        let one = try Self.alerts(Self.shared("lab/lab_flood_syn_onesrc.pcap")).filter { $0.rule == .synFlood }
        #expect(!one.isEmpty && one.allSatisfy { !$0.isOfMany })
        let many = try Self.alerts(Self.shared("lab/lab_flood_syn_spoofed.pcap")).filter { $0.rule == .synFlood }
        #expect(!many.isEmpty && many.allSatisfy(\.isOfMany))
    }

    /// Where no source is notorious and no datagrams are answered in masses.
    @Test func aShortLookFindsWhatAFullOneFinds() throws {
        var (captures, found) = (0, 0)
        for path in CaptureFiles.all where !path.hasSuffix("lab_flood_udp.pcap") {
            guard let short = try? Self.alerts(path), let full = try? Self.alerts(path, looksAtAll: true) else {
                continue
            }
            captures += 1
            found += full.count
            #expect(short.map(Self.telling) == full.map(Self.telling), "\(path)")
        }
        #expect(captures > 10 && found > 20)
    }

    /// The same where levels, ways outside, a feed and resolvers are declared, of which most captures touch some.
    @Test func aShortLookFindsWhatAPolicyForbids() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "policy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (list, file) = (folder.appending(path: "list.txt"), folder.appending(path: "policy.yaml"))
        try Data("10.0.2.0/27\n172.16.0.0/20\n203.0.113.0/24\n".utf8).write(to: list)
        let text = """
            sensitivity:
              levels: [public, internal, restricted]
              rules:
                - {level: restricted, cidr: [10.77.0.0/25, 192.168.0.0/18, "fe80::/10"]}
                - {level: internal, cidr: [10.0.0.0/8, 192.168.0.0/16, 172.16.0.0/12]}
            interfaces:
              - {from: internal, to: restricted, protocol: tcp, ports: [80, 443]}
            egress:
              - {source: {cidr: 10.0.0.0/8}, to: [example.org], ports: [443]}
            resolvers: [192.168.0.1, 10.0.2.3]
            feeds:
              - {name: list, file: "\(list.path)", format: addresses}
            """
        try Data(text.utf8).write(to: file)
        let declared = try DeclaredPolicy.read(.file(file.path))
        let policy = CompiledPolicy(declared, feeds: FeedTables.load(declared.feeds).tables)
        var found: [Rule: Int] = [:]
        for path in CaptureFiles.all where !path.hasSuffix("lab_flood_udp.pcap") {
            guard let short = try? Self.alerts(path, policy),
                let full = try? Self.alerts(path, policy, looksAtAll: true)
            else { continue }
            for alert in full { found[alert.rule, default: 0] += 1 }
            #expect(short.map(Self.telling) == full.map(Self.telling), "\(path)")
        }
        for rule in [Rule.undeclaredCrossing, .undeclaredEgress, .listedDestination, .foreignResolver] {
            #expect(found[rule, default: 0] > 2, "\(rule.rawValue)")
        }
    }

    private static func telling(_ alert: Alert) -> String {
        "\(alert.time) \(alert.rule) \(alert.severity) \(alert.count) \(alert.evidence) \(alert.message)"
    }

    @Test(.enabled(if: SharedCaptures.areAvailable)) func isQuietOnAllOthers() throws {
        let attacked = ["/scans/", "/floods/", "/dns-tunnel/", "/lab/"]
        let benign = CaptureFiles.all.filter { path in
            path.hasPrefix(SharedCaptures.folder.path) && !attacked.contains { path.contains($0) }
        }
        #expect(benign.count > 150)
        for path in benign {
            let loud = ((try? Self.alerts(path)) ?? []).filter { $0.severity >= 40 }
            #expect(loud.isEmpty, "\(path): \(loud.map(\.message))")
        }
    }

    @Test func findsTheScannerOfTheShopWhereverItIsSeen() throws {
        for name in ["shop-node-a.pcap", "shop-node-a.pcapng", "shop-any.pcap"] {
            let all = try Self.alerts(SharedCaptures.own.appending(path: "shop/\(name)").path)
            let alerts = all.filter { $0.severity >= 40 }
            #expect(alerts.allSatisfy { "\($0.source.address)" == "10.244.1.13" }, "\(alerts.map(\.message))")
            #expect(
                alerts.contains {
                    $0.rule == .verticalScan && "\($0.destination?.address ?? $0.source.address)" == "10.244.2.20"
                }
            )
            #expect(alerts.contains { $0.rule == .horizontalScan })
        }
        for name in ["first/first.pcap", "tenants/tenants.pcap"] {
            let alerts = try Self.alerts(SharedCaptures.own.appending(path: name).path)
            #expect(alerts.allSatisfy { $0.severity < 40 }, "\(alerts.map(\.message))")
        }
    }

    /// Evidence are flows that are there, and show it.
    @Test func evidenceAreFlowsOfTheScanner() throws {
        let path = SharedCaptures.own.appending(path: "shop/shop-node-a.pcap").path
        let lines = String(decoding: try ReplayedCapture.json(path), as: UTF8.self).split(separator: "\n")
        let alerts = try Self.alerts(path).filter { $0.severity >= 40 }
        #expect(!alerts.isEmpty)
        for flow in alerts.flatMap(\.evidence) {
            let line = lines.first { $0.contains("\"id\":\"\(flow)\"") }
            #expect(line?.contains("10.244.1.13") == true, "\(flow)")
        }
    }

    @Test func areReadBackAsTheyWereWritten() throws {
        let alerts = try Self.alerts(SharedCaptures.own.appending(path: "shop/shop-any.pcap").path)
        for alert in alerts {
            let line = AlertRecord(alert).line
            #expect(try AlertRecord(reading: line.span) == AlertRecord(alert))
        }
        #expect(!alerts.isEmpty)
    }

    @Test func areTheSameEachTime() throws {
        let path = SharedCaptures.own.appending(path: "shop/shop-any.pcap").path
        func written() throws -> [UInt8] {
            let writer = JSONRecordWriter()
            for alert in try Self.alerts(path) { writer.write(alert) }
            return writer.bytes
        }
        let first = try written()
        #expect(!first.isEmpty)
        for _ in 0..<3 { #expect(try written() == first) }
    }
}
