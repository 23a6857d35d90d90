import Addressing
import Containers
import Foundation
import Records
import Support
import Testing

/// Filters on a capture whose flows others have listed too: tshark in the table beside it, and the records themselves, which
/// are sorted out here by other code.
@Suite("Filters of replay")
struct FilterTests {
    private static let shop = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap")

    private let folder: ScratchFolder
    private let journal: URL

    init() throws {
        folder = try ScratchFolder()
        journal = try folder.write(Self.journal(), as: "journal.jsonl")
    }

    /// Who is on the node of the capture: two of its pods, on a bridge.
    private static func journal() -> [UInt8] {
        let host = NetworkNamespace(inode: 1)
        var bridge = Interface(key: InterfaceKey(namespace: host, index: 3), name: "cni0")
        bridge.kind = "bridge"
        // What the capture shows is in this tunnel, for which the host routes.
        var overlay = Interface(key: InterfaceKey(namespace: host, index: 4), name: "flannel.1")
        (overlay.kind, overlay.networkIdentifier) = ("vxlan", 1)
        var changes: [JournalEntry.Change] = [.host(host, name: "node-a"), .interface(bridge), .interface(overlay)]
        if let own = IPAddress("10.244.1.0") { changes.append(.address(overlay.key, own, prefixLength: 32)) }
        if let gateway = IPAddress("10.244.1.1") { changes.append(.address(bridge.key, gateway, prefixLength: 24)) }
        for (number, name, address) in [(UInt64(40), "front", "10.244.1.10"), (41, "stats", "10.244.1.12")] {
            let namespace = NetworkNamespace(inode: number)
            var far = Interface(key: InterfaceKey(namespace: namespace, index: 2), name: "eth0")
            var near = Interface(key: InterfaceKey(namespace: host, index: UInt32(number)), name: "veth\(number)")
            (near.kind, near.peer, near.master) = ("veth", far.key, 3)
            (far.kind, far.peer) = ("veth", near.key)
            var container = Container(
                key: ContainerKey(identifier: String(repeating: name.first ?? "a", count: 64), generation: 1)
            )
            container.namespace = namespace
            container.description.name = name
            container.description.image = "shop/\(name):1"
            container.description.labels = ["app": name]
            (container.description.pod, container.description.podNamespace) = ("\(name)-0", "shop")
            changes += [.interface(near), .interface(far), .container(container)]
            if let address = IPAddress(address) { changes.append(.address(far.key, address, prefixLength: 24)) }
        }
        var writer = JournalWriter()
        for change in changes { writer.write(JournalEntry(time: Timestamp(nanoseconds: 0), change: change)) }
        return writer.bytes
    }

    @Test(
        arguments: [
            FilterCase(["--port", "53"]) { row in row.has { $0.port == "53" } },
            FilterCase(["--port", "53", "--port", "8080"]) { row in
                row.has { $0.port == "53" || $0.port == "8080" }
            },
            FilterCase(["--not", "--port", "8080"]) { row in row.ends.allSatisfy { $0.port != "8080" } },
            FilterCase(["--ip", "10.244.1.10"]) { row in row.has { $0.address == "10.244.1.10" } },
            FilterCase(["--ip", "10.244.2.0/24"]) { row in row.has { $0.address.hasPrefix("10.244.2.") } },
            FilterCase(["--ip", "fd00:10:244::/48"]) { row in row.has { $0.address.hasPrefix("fd00:10:244:") }
            },
            FilterCase(["--not", "--ip", "0.0.0.0/0"]) { row in row.ends.allSatisfy { $0.address.contains(":") } },
            FilterCase(["--protocol", "tcp"]) { $0.protocolNumber == "6" },
            FilterCase(["--protocol", "17"]) { $0.protocolNumber == "17" },
            FilterCase(["--protocol", "icmp6", "--protocol", "icmp"]) {
                $0.protocolNumber == "1" || $0.protocolNumber == "58"
            },
            FilterCase(["--protocol", "tcp", "--ip", "10.244.1.0/24", "--not", "--port", "8080"]) { row in
                row.protocolNumber == "6" && row.has { $0.address.hasPrefix("10.244.1.") }
                    && row.ends.allSatisfy { $0.port != "8080" }
            },
        ] as [FilterCase<TsharkFlow>]
    )
    func findWhatTsharkFinds(filter: FilterCase<TsharkFlow>) throws {
        let rows = try TsharkFlow.all(of: "shop/shop-node-a.flows.tsv")
        let wanted = rows.filter(filter.isWanted)
        #expect(!wanted.isEmpty && wanted.count < rows.count)
        let flows = try Command.replay(Self.shop, options: ["-o", "json"] + filter.options).flows
        #expect(sum(flows, "network.packets") == wanted.reduce(0) { $0 + $1.packets })
        #expect(sum(flows, "network.bytes") == wanted.reduce(0) { $0 + $1.bytes })
    }

    private func sum(_ records: [Record], _ key: String) -> UInt64 {
        records.reduce(0) { $0 + (UInt64($1[key] ?? "") ?? 0) }
    }

    /// By the records alone, of which a filter must leave some as they are and the others out.
    @Test(
        arguments: [
            FilterCase(["--container", "front"]) {
                $0["source.container.name"] == "front" || $0["destination.container.name"] == "front"
            },
            FilterCase(["--from-container", "f*t"]) { $0["source.container.name"] == "front" },
            FilterCase(["--to-container", "shop/*"]) { $0["destination.container.namespace"] == "shop" },
            FilterCase(["--from-container", "ffffffffffff"]) { $0["source.container.name"] == "front" },
            FilterCase(["--not", "--container", "*"]) {
                $0["source.container.id"] == nil && $0["destination.container.id"] == nil
            },
            FilterCase(["--to-image", "shop/stats:*"]) { $0["destination.container.image.name"] == "shop/stats:1" },
            FilterCase(["--from-label", "app=front"]) { $0["source.container.labels.app"] == "front" },
            FilterCase(["--label", "app"]) {
                $0["source.container.labels.app"] != nil || $0["destination.container.labels.app"] != nil
            },
            FilterCase(["--from-namespace", "shop"]) { $0["source.container.namespace"] == "shop" },
            FilterCase(["--to-pod", "shop/stats-0"]) { $0["destination.container.pod"] == "stats-0" },
            FilterCase(["--from-ip", "10.244.1.10"]) { $0["source.ip"] == "10.244.1.10" },
            FilterCase(["--to-ip", "10.244.2.20/30"]) {
                ["10.244.2.20", "10.244.2.21", "10.244.2.22", "10.244.2.23"].contains($0["destination.ip"])
            },
            FilterCase(["--from-port", "40001"]) { $0["source.port"] == "40001" },
            FilterCase(["--to-port", "443"]) { $0["destination.port"] == "443" },
            FilterCase(["--protocol", "http"]) { $0["network.protocol"] == "http" },
            FilterCase(["--protocol", "http", "--protocol", "udp"]) {
                $0["network.protocol"] == "http" || $0["network.transport"] == "udp"
            },
            FilterCase(["--direction", "egress"]) { $0["network.direction"] == "egress" },
            FilterCase(["--direction", "egress", "--direction", "ingress"]) {
                ["egress", "ingress"].contains($0["network.direction"])
            },
            FilterCase(["--not", "--direction", "external"]) { $0["network.direction"] != "external" },
            FilterCase(["--segment", "cni0"]) { $0["segment.name"] == "cni0" },
            FilterCase([
                "--from-container", "front", "--to-port", "443", "--to-port", "8080", "--not", "--protocol", "tls",
            ]) {
                $0["source.container.name"] == "front" && ["443", "8080"].contains($0["destination.port"])
                    && $0["network.protocol"] != "tls"
            },
        ] as [FilterCase<Record>]
    )
    func leaveWholeRecords(filter: FilterCase<Record>) throws {
        let common = ["-o", "json", "--identity", journal.path]
        let all = try Command.replay(Self.shop, options: common).output.split(separator: "\n")
        let outcome = try Command.replay(Self.shop, options: common + filter.options)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let wanted = all.dropLast().filter { Record(line: String($0)).map(filter.isWanted) ?? false }
        #expect(wanted.count < all.count - 1)
        // The summary is of the whole.
        #expect(outcome.output.split(separator: "\n") == wanted + [all[all.count - 1]])
        #expect(!wanted.isEmpty)
    }

    @Test func tellTheBeginningAndTheSightingsOfNothingElse() throws {
        let options = ["-o", "json", "--events", "all", "--to-port", "443"]
        let records = try Command.replay(Self.shop, options: options).records
        #expect(records.dropLast().allSatisfy { $0["destination.port"] == "443" })
        #expect(Set(records.map { $0["event.action"] }) == ["flow_started", "flow_ended", "capture_summary"])
    }

    @Test func leaveASummaryOfWhatIsWanted() throws {
        let text = try Command.replay(Self.shop, options: ["--port", "53"]).output
        let rows = try TsharkFlow.all(of: "shop/shop-node-a.flows.tsv").filter { row in
            row.has { $0.port == "53" }
        }
        let (packets, bytes) = rows.reduce((0, 0)) { ($0.0 + $1.packets, $0.1 + $1.bytes) }
        let lines = text.split(separator: "\n")
        #expect(lines[1] == "filtered by port=53: \(rows.count) of 78 flows, \(packets) packets, \(bytes) B of IP")
        #expect(text.contains("10.244.2.21  →  10.244.1.12  53/udp dns"))
        #expect(!text.contains("8080"))
        // Parts of what is wanted, not of the whole.
        #expect(lines.contains { $0.hasPrefix("  udp") && $0.hasSuffix("%") })
        #expect(lines.filter { $0.hasPrefix("  tcp") || $0.hasPrefix("  udp") }.map(share).reduce(0, +) == 1000)
    }

    /// In tenths of a percent.
    private func share(_ line: Substring) -> Int {
        Int(line.split(separator: " ").dropLast().last?.replacing(".", with: "") ?? "") ?? 0
    }

    @Test func saySoWhenNothingIsWanted() throws {
        let outcome = try Command.replay(Self.shop, options: ["--port", "1"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("\nfiltered by port=1: 0 of 78 flows, 0 packets, 0 B of IP\n"))
        #expect(outcome.errors.isEmpty)
    }

    /// Each flow of this capture was seen both bare and in the tunnel, and counts once.
    @Test(arguments: [[], ["--segment", "1"], ["--not", "--segment", "1"], ["--protocol", "tcp"]])
    func countATwinWhoseOtherIsLeftOut(options: [String]) throws {
        let shop = SharedCaptures.own.appendingPathComponent("shop/shop-any.pcap")
        let records = try Command.replay(shop, options: ["-o", "json"] + options).flows
        let isAlone = options.contains("--segment")
        // With both there, the larger counts; here they are equal.
        let expected = isAlone ? records : records.filter { $0["flow.twin"] == nil || $0["segment.id"] != nil }
        let line = try #require(
            Command.replay(shop, options: options).output.split(separator: "\n").first { $0.contains("flows, ") }
        )
        #expect(line.contains("\(expected.count) "), "\(line)")
        #expect(
            line.contains(
                " \(sum(expected, "network.packets").formatted(.number.locale(Locale(identifier: "en_US")))) packets"
            ),
            "\(line)"
        )
    }

    @Test func sayWhatACaptureAloneDoesNotTell() throws {
        let outcome = try Command.replay(
            Self.shop,
            options: ["--from-container", "web", "--not", "--direction", "egress"]
        )
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("without --identity nothing is known of from-container, direction"))
    }

    @Test func keepHostileTextFromTheTerminal() throws {
        let outcome = try Command.run("replay", "-r", Self.shop.path, "--segment", "\u{1b}[31m\u{202e}x")
        #expect(outcome.status == 0)
        #expect(outcome.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!outcome.output.contains("\u{202e}"))
        let refused = try Command.run("replay", "-r", Self.shop.path, "--ip", "\u{1b}[31mx")
        #expect(refused.status == 64)
        #expect(!refused.errors.contains("\u{1b}"))
    }

    @Test func leaveLongOnesOutOfTheMiddle() throws {
        let options = (1...40).flatMap { ["--not", "--port", "\($0)"] }
        let text = try Command.replay(Self.shop, options: options).output
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
        #expect(text.contains("filtered by not port=1 not port=2"))
    }
}
