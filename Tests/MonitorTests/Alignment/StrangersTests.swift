import Addressing
import Capture
import Containers
import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing

/// Captures of two hosts, and a journal of the first.
@Suite("Ends that only another host saw")
struct StrangersTests {
    private static let host = NetworkNamespace(inode: 4_026_531_840)
    private static let inside = NetworkNamespace(inode: 4_026_532_000)
    private static let start: Int64 = 1_800_000_000

    /// 10.0.0.2 is a container there.
    private static var journal: [UInt8] {
        var bridge = Interface(key: InterfaceKey(namespace: host, index: 3), name: "docker0")
        bridge.kind = "bridge"
        var outer = Interface(key: InterfaceKey(namespace: host, index: 5), name: "veth5")
        var inner = Interface(key: InterfaceKey(namespace: inside, index: 2), name: "eth0")
        (outer.kind, inner.kind) = ("veth", "veth")
        (outer.peer, inner.peer, outer.master) = (inner.key, outer.key, 3)
        var container = Container(key: ContainerKey(identifier: "c1", generation: 1))
        container.namespace = inside
        container.description.name = "web"
        var writer = JournalWriter()
        let changes: [JournalEntry.Change] = [
            .host(host, name: "node-a"), .interface(bridge), .interface(outer), .interface(inner),
            .address(bridge.key, .host(1), prefixLength: 24), .address(inner.key, .host(2), prefixLength: 24),
            .container(container),
        ]
        for change in changes {
            writer.write(JournalEntry(time: Timestamp(nanoseconds: start * 1_000_000_000), change: change))
        }
        return writer.bytes
    }

    /// A datagram of 10.0.0.2 to somebody, 5 s after the start.
    private static func capture(_ port: UInt16, to: IPAddress) -> [UInt8] {
        func words(_ words: UInt32...) -> [UInt8] {
            words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        }
        let frame = PacketBuilder.datagram(from: .host(2), port, to: to, 9, [1, 2, 3])
        let length = UInt32(frame.count)
        return words(0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1)
            + words(UInt32(start) + 5, UInt32(port), length, length) + frame
    }

    /// The records of flows by the client's port: 1000 of the first host's, 2000 of the other's, 3000 of the other's to far away.
    private static func flows(_ shifts: [String: ClockShift]?) throws -> [String: Record] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            let place = folder.appendingPathComponent(name)
            try Data(bytes).write(to: place)
            return place.path
        }
        let far = IPAddress.v4(IPv4Address(bits: 0xcb00_7107))
        let paths = [
            try write(capture(1000, to: .host(1)), "a.pcap"), try write(capture(2000, to: .host(1)), "b.pcap"),
            try write(capture(3000, to: far), "c.pcap"),
        ]
        let records = JSONRecordWriter(selection: .standard)
        var replay = try Replay(
            paths: paths,
            filter: nil,
            identity: try IdentityFile(path: try write(journal, "j.jsonl")),
            shifts: shifts,
            settings: PipelineSettings(),
            sink: records
        )
        try replay.run { _ in true }
        var flows: [String: Record] = [:]
        for line in String(decoding: records.bytes, as: UTF8.self).split(separator: "\n") {
            guard let record = Record(line: String(line)), let port = record["source.port"] else { continue }
            flows[port] = record
        }
        return flows
    }

    @Test func areNotLookedUpInItsJournal() throws {
        let flows = try Self.flows([:])
        let first = try #require(flows["1000"])
        #expect(first["source.container.name"] == "web" && first["source.identity.confidence"] == "certain")
        for port in ["2000", "3000"] {
            let other = try #require(flows[port])
            #expect(other["source.container.name"] == nil && other["source.container.id"] == nil)
            #expect(other["source.identity.confidence"] != "certain" && other["source.identity.confidence"] != "likely")
        }
        #expect(flows["2000"]?["destination.identity.kind"] != "gateway")
        #expect(flows["3000"]?["destination.identity.kind"] == "outside")
    }

    /// All files are of one host.
    @Test func areLookedUpWhereThereIsNoOther() throws {
        let flows = try Self.flows(nil)
        for port in ["1000", "2000", "3000"] { #expect(flows[port]?["source.container.name"] == "web") }
    }
}
