import Addressing
import Containers
import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing

/// A capture of a quiet host: what one batch of frames holds took long, and the host changed meanwhile.
@Suite("Replay with a journal")
struct JournalReplayTests {
    private static let host = NetworkNamespace(inode: 4_026_531_840)
    private static let start: Int64 = 1_800_000_000

    private static func entry(_ seconds: Double, _ change: JournalEntry.Change) -> JournalEntry {
        JournalEntry(time: Timestamp(nanoseconds: start * 1_000_000_000 + Int64(seconds * 1e9)), change: change)
    }

    private static func interface(_ index: UInt32, _ name: String) -> JournalEntry.Change {
        .interface(Interface(key: InterfaceKey(namespace: host, index: index), name: name))
    }

    private static func gone(_ index: UInt32) -> JournalEntry.Change {
        .interfaceGone(InterfaceKey(namespace: host, index: index))
    }

    /// A cooked capture of datagrams: seconds after the start, and which interface they passed.
    private static func capture(_ frames: [(seconds: Double, index: UInt32, port: UInt16)]) -> [UInt8] {
        func words(_ words: UInt32...) -> [UInt8] {
            words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        }
        var file = words(0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 276)
        for (seconds, index, port) in frames {
            let ethernet = PacketBuilder.datagram(from: .host(1), port, to: .host(2), 9, [1, 2, 3])
            let frame = PacketBuilder.cooked(Array(ethernet[14...]), index: index, outgoing: false)
            let (whole, part) = (UInt32(seconds), UInt32((seconds - seconds.rounded(.down)) * 1e6))
            file += words(UInt32(start) + whole, part, UInt32(frame.count), UInt32(frame.count)) + frame
        }
        return file
    }

    private static func paths(
        _ frames: [(seconds: Double, index: UInt32, port: UInt16)],
        _ journal: [JournalEntry]
    ) throws -> [String: [String?]] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var writer = JournalWriter()
        for entry in journal { writer.write(entry) }
        let (packets, entries) = (folder.appendingPathComponent("c.pcap"), folder.appendingPathComponent("j.jsonl"))
        try Data(capture(frames)).write(to: packets)
        try Data(writer.bytes).write(to: entries)
        let records = JSONRecordWriter(selection: .standard)
        var replay = try Replay(
            paths: [packets.path],
            filter: nil,
            identity: try IdentityFile(path: entries.path),
            settings: PipelineSettings(),
            sink: records
        )
        try replay.run { _ in true }
        var paths: [String: [String?]] = [:]
        for line in String(decoding: records.bytes, as: UTF8.self).split(separator: "\n") {
            guard let record = Record(line: String(line)), let port = record["source.port"] else { continue }
            paths[port] = record.list("observer.path", "interface")
        }
        return paths
    }

    @Test func aPacketPassedTheInterfaceThatWentAfterwards() throws {
        let journal = [
            Self.entry(0, .host(Self.host, name: "node")), Self.entry(0, Self.interface(5, "veth5")),
            Self.entry(0, Self.interface(6, "veth6")),
            // Within the moment in which entries count before their time, and long after the packet.
            Self.entry(1.1, Self.gone(5)), Self.entry(9, Self.gone(6)), Self.entry(9.5, Self.interface(7, "veth7")),
        ]
        let frames: [(Double, UInt32, UInt16)] = [
            (1, 5, 1000), (2, 6, 2000), (8.9, 6, 3000), (9.6, 7, 4000), (20, 8, 5000),
        ]
        let paths = try Self.paths(frames, journal)
        #expect(paths == ["1000": ["veth5"], "2000": ["veth6"], "3000": ["veth6"], "4000": ["veth7"], "5000": [nil]])
    }

    /// The number is given to another one.
    @Test func whoeverComesAfterItIsAnother() throws {
        let journal = [
            Self.entry(0, .host(Self.host, name: "node")), Self.entry(0, Self.interface(5, "before")),
            Self.entry(2, Self.gone(5)), Self.entry(2.05, Self.interface(5, "after")),
        ]
        let paths = try Self.paths([(1.9, 5, 1000), (2.1, 5, 2000), (30, 5, 3000)], journal)
        #expect(paths == ["1000": ["before"], "2000": ["after"], "3000": ["after"]])
    }
}
