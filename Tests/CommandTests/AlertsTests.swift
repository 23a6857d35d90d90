import Foundation
import Support
import Testing

@Suite("portolan alerts")
struct AlertsTests {
    private static let shop = "Captures/shop/shop-any.pcap"

    /// Whose the scanner's address is, by a name that would change a terminal's colours.
    private static let journal = """
        {"portolan":{"change":"host"},"host":{"name":"node-a","netns":1000}}
        {"portolan":{"change":"container"},"container":{"id":"c0ffee","generation":1,"netns":2000,"name":"\\u001b[31mevil"}}
        {"portolan":{"change":"interface"},"interface":{"ifindex":8,"netns":1000,"name":"veth8","kind":"veth","peer":{"ifindex":2,"netns":2000}}}
        {"portolan":{"change":"interface"},"interface":{"ifindex":2,"netns":2000,"name":"eth0","kind":"veth","peer":{"ifindex":8,"netns":1000}}}
        {"portolan":{"change":"address"},"interface":{"ifindex":2,"netns":2000,"ip":"10.244.1.13","prefix_length":24}}
        """

    private func identity(in folder: ScratchFolder) throws -> String {
        let lines = Self.journal.split(separator: "\n").map {
            "{\"@timestamp\":\"2026-11-21T20:00:00Z\",\"event\":{\"kind\":\"state\"},\($0.dropFirst())"
        }
        return try folder.write((lines.joined(separator: "\n") + "\n").utf8, as: "who.jsonl").path
    }

    @Test func namesTheContainerAndChangesNoTerminal() throws {
        let folder = try ScratchFolder()
        let identity = try identity(in: folder)
        let text = try Command.run("alerts", "-r", Self.shop, "--identity", identity)
        #expect(text.status == 0)
        #expect(text.output.contains("\u{fffd}[31mevil tried"))
        #expect(!text.output.contains("\u{1b}"))
        let json = try Command.run("alerts", "-r", Self.shop, "--identity", identity, "-o", "json")
        let records = try json.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(records.count == text.output.split(separator: "\n").count)
        for record in records {
            let source = try #require(record["source"] as? [String: Any])
            #expect((source["container"] as? [String: Any])?["id"] as? String == "c0ffee")
            #expect((source["identity"] as? [String: Any])?["kind"] as? String == "container")
            #expect((record["event"] as? [String: Any])?["kind"] as? String == "alert")
        }
    }

    @Test func saysWhereNothingIsFound() throws {
        let text = try Command.run("alerts", "-r", "Captures/first/first.pcap", "--severity", "medium")
        #expect(text.output == "nothing found\n")
        let json = try Command.run("alerts", "-r", "Captures/first/first.pcap", "--rule", "scan", "-o", "json")
        #expect(json.status == 0 && json.output.isEmpty)
    }

    @Test func whatCannotBeReadIsOneLine() throws {
        for arguments in [["alerts", "-r", "/nowhere.pcap"], ["alerts", "-r", "README.md"]] {
            let outcome = try Command.shell("\"$portolan\" \(arguments.joined(separator: " "))")
            #expect(outcome.status == 2)
            #expect(outcome.errorLines.count == 1)
            #expect(!outcome.output.contains("alert"))
        }
    }

    /// UDP probes, each told a millisecond later that nobody is there, and those of a packet that is too large.
    @Test(arguments: [(3, 3, "5 refused"), (3, 4, "silent")] as [(UInt8, UInt8, String)])
    func whatICMPSaysCannotBeReachedWasRefused(type: UInt8, code: UInt8, outcome: String) throws {
        var capture = CaptureBytes()
        for port in UInt16(1)...20 {
            let probe = PacketBuilder.ip(
                PacketBuilder.udp(from: 40_000, to: port),
                17,
                from: .host(2),
                to: .host(9)
            )
            let error = PacketBuilder.icmp(type: type, code: code, [0, 0, 0, 0] + probe)
            let time = 1_700_000_000_000_000 + UInt64(port) * 50_000
            capture.frames.append(CaptureBytes.Frame(time: time, bytes: PacketBuilder.ethernet(probe)))
            capture.frames.append(
                CaptureBytes.Frame(
                    time: time + 1000,
                    bytes: PacketBuilder.ethernet(PacketBuilder.ip(error, 1, from: .host(9), to: .host(2)))
                )
            )
        }
        let folder = try ScratchFolder()
        let file = try folder.write(capture.pcap, as: "probes.pcap").path
        let outcomeOfRun = try Command.run("alerts", "-r", file)
        #expect(outcomeOfRun.output.contains("scan.vertical"))
        #expect(outcomeOfRun.output.contains(outcome), "\(outcomeOfRun.output)")
    }
}
