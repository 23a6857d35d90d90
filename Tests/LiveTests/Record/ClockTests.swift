import Foundation
import Support
import Testing

extension Live {
    /// Captures of two hosts of which one has a wrong clock, merged.
    @Suite("Clocks of several hosts", .needs(.nodes))
    struct ClockTests {
        @Test func aWrongClockIsSetRightByThePacketsThatBothSaw() throws {
            let lab = try KernelLab(pods: 4)
            let captures = try lab.nodes.map { try PlainCapture(on: $0) }
            let recording = try LiveRecording(on: lab.nodes[0], "--journal", "/run/journal.jsonl")
            let exchanges = try lab.talk(lab.everyPair())
            let across = exchanges.filter { exchange in
                lab.pods.first { $0.name == exchange.pod }?.node
                    !== lab.pods.first { $0.address == exchange.address }?.node
            }
            try #require(across.count == 8)
            try recording.wait("flows ended") { flows in
                across.allSatisfy { exchange in
                    flows.contains { $0["source.port"] == exchange.sourcePort.map(String.init) }
                }
            }
            try captures.forEach { try $0.end() }
            _ = try recording.end()
            let node = lab.nodes[0]
            // Both nodes have this machine's clock; the second one's is made wrong.
            let wrong = try Self.moved(Data(contentsOf: URL(fileURLWithPath: lab.nodes[1].outside(captures[1].file))))
            try wrong.write(to: URL(fileURLWithPath: node.outside("/run/second.pcap")))
            let files = ["-r", captures[0].file, "-r", "/run/second.pcap"]
            let outcome = try node.run([BuiltProgram.location.path, "replay", "-o", "json", "--align"] + files)
            #expect(outcome.status == 0)
            let summary = outcome.records.last
            let lead = try #require(
                summary?.list("capture.clocks", "offset").first.flatMap { $0.flatMap { Int64($0) } }
            )
            #expect(abs(lead - Self.lead) < 1_000_000, "\(outcome.errors)")
            print("the clock's lead: \(lead - Self.lead) ns off; \(outcome.errors)")
            for exchange in across {
                let flows = outcome.records.filter { $0["source.port"] == exchange.sourcePort.map(String.init) }
                // In the tunnel, and beside it.
                #expect(flows.map { $0["tunnel.id"] ?? "-" }.sorted() == ["-", "1"])
                for flow in flows {
                    #expect(flow["source.ip"] == exchange.sourceAddress)
                    let start = flow["event.start"]?.replacingOccurrences(of: "Z", with: "000Z")
                    let began = try #require(nanoseconds(start)) - exchange.time
                    #expect(-1_000_000..<1_000_000_000 ~= began)
                    #expect(flow["event.duration"].flatMap { Int($0) } ?? .max < 1_000_000_000)
                    // Three interfaces on each node, and one of the underlay.
                    #expect(flow.list("observer.path", "ifindex").count == (flow["tunnel.id"] == nil ? 6 : 2))
                }
            }
            // The journal is of the first host: nobody of the second is called what has that number here.
            let named = try node.run(
                [BuiltProgram.location.path, "replay", "-o", "json", "--align", "--identity", "/run/journal.jsonl"]
                    + files
            )
            for pod in lab.pods {
                let ends = named.records.flatMap { record in
                    ["source", "destination"].filter { record["\($0).ip"] == pod.address }
                        .compactMap { record["\($0).container.id"] }
                }
                #expect(ends.allSatisfy { [pod.pause, pod.app].contains($0) })
                #expect(ends.isEmpty == (pod.node !== node))
            }
        }

        private static let lead: Int64 = 3_700_000_000

        /// A pcap in microseconds, of this machine's byte order, whose times are later. pcap-savefile(5).
        private static func moved(_ file: Data) -> Data {
            var file = file
            func word(at offset: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(file[offset + $1]) << (8 * UInt32($1)) }
            }
            func put(_ word: UInt32, at offset: Int) {
                for index in 0..<4 { file[offset + index] = UInt8(truncatingIfNeeded: word >> (8 * UInt32(index))) }
            }
            var offset = 24
            while offset + 16 <= file.count {
                let time = Int64(word(at: offset)) * 1_000_000 + Int64(word(at: offset + 4)) + lead / 1000
                put(UInt32(time / 1_000_000), at: offset)
                put(UInt32(time % 1_000_000), at: offset + 4)
                offset += 16 + Int(word(at: offset + 8))
            }
            return file
        }
    }
}
