import Addressing
import Containers
import Foundation
import Records
import Support
import Testing

/// What was told of as two flows before a translation was known, and is one.
@Suite("Joined flows in a summary")
struct JoinedFlowTests {
    @Test(arguments: [[], ["--port", "9"]]) func countOnce(options: [String]) throws {
        let folder = try ScratchFolder()
        let ends = [[192, 0, 2, 1], [10, 0, 0, 2]] as [[UInt8]]
        // The journal is read up to the end of a batch of 64 frames.
        let frames = (Array(repeating: UInt64(1_000_000), count: 64) + [3_000_000]).flatMap { time in
            ends.map { CaptureBytes.Frame.udp(at: time, to: $0, ports: (1000, 9)) }
        }
        let capture = try folder.write(CaptureBytes(frames).pcap, as: "nat.pcap")
        let journal = try folder.write(journal(), as: "journal.jsonl")
        let common = ["--identity", journal.path]
        let records = try Command.replay(capture, options: common + ["-o", "json"])
        try #require(records.flows.contains { $0["flow.end_reason"] == "joined" })
        #expect(records.summary?["flows"] == "1")
        let lines = try Command.replay(capture, options: common + options).output.split(separator: "\n")
        #expect(lines.contains { $0.contains("1 flow") || $0.contains("1 of 1 flow") })
        let udp = lines.first { $0.hasPrefix("  udp ") }?.split(separator: " ")
        #expect(udp?[1] == "1", "\(lines)")
    }

    /// The host translates one address into another, and says so when both were seen.
    private func journal() throws -> [UInt8] {
        let host = NetworkNamespace(inode: 1)
        func end(_ address: String, _ port: UInt16) throws -> Translation.End {
            Translation.End(address: try #require(IPAddress(address)), port: port)
        }
        let translation = Translation(
            namespace: host,
            protocolNumber: 17,
            originalSource: try end("10.0.0.1", 1000),
            originalDestination: try end("192.0.2.1", 9),
            replySource: try end("10.0.0.2", 9),
            replyDestination: try end("10.0.0.1", 1000)
        )
        var writer = JournalWriter()
        writer.write(JournalEntry(time: Timestamp(nanoseconds: 0), change: .host(host, name: "node-a")))
        writer.write(JournalEntry(time: Timestamp(nanoseconds: 2_000_000_000), change: .translation(translation)))
        return writer.bytes
    }
}
