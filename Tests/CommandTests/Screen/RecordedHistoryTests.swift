import Addressing
import Containers
import Dashboard
import Foundation
import Graph
import Monitor
import Pipeline
import Records
import Support
import Testing

@testable import portolan

/// A recording of our own, in which an address passes from one container to another: at the screen, and written for other tools.
@Suite("Recorded history")
struct RecordedHistoryTests {
    private let folder: ScratchFolder
    private let path: String
    private static let host = NetworkNamespace(inode: 4_026_531_840)
    private static let start: Int64 = 1_700_000_040_000_000_000

    private static func at(_ second: Int64) -> Timestamp { Timestamp(nanoseconds: start + second * 1_000_000_000) }

    private static func container(_ name: String, _ digit: String, _ inode: UInt64) -> Container {
        var container = Container(key: ContainerKey(identifier: String(repeating: digit, count: 64), generation: 1))
        container.namespace = NetworkNamespace(inode: inode)
        container.description.name = name
        container.description.image = "\(name):1"
        container.description.runtime = .docker
        return container
    }

    /// A container behind an interface of the host, with the address.
    private static func arrival(_ container: Container, index: UInt32) -> [JournalEntry.Change] {
        guard let inside = container.namespace else { return [] }
        var device = Interface(key: InterfaceKey(namespace: host, index: index), name: "veth\(index)")
        device.kind = "veth"
        device.peer = InterfaceKey(namespace: inside, index: 2)
        var end = Interface(key: InterfaceKey(namespace: inside, index: 2), name: "eth0")
        end.peer = device.key
        return [
            .interface(device), .interface(end),
            .address(end.key, .v4(IPv4Address(bits: 0x0a00_0001)), prefixLength: 24), .container(container),
        ]
    }

    init() throws {
        folder = try ScratchFolder()
        path = folder.path("trace.pcapng").path
        let recorder = try Recorder(RecordingSettings(path: path, application: "test"))
        var pipeline = Pipeline(sink: NoRecords())
        pipeline.log = recorder
        pipeline.watch(Self.host, interface: 0)
        let (web, db) = (Self.container("web", "a", 4_026_532_001), Self.container("db", "b", 4_026_532_002))
        func change(_ changes: [JournalEntry.Change], at second: Int64) {
            pipeline.change(changes.map { JournalEntry(time: Self.at(second), change: $0) })
        }
        func send(from second: Int64, index: UInt32, port: UInt16) {
            for number in 0..<4 {
                let packet = PacketBuilder.ip(
                    PacketBuilder.udp([1, 2, 3], from: port, to: 5000),
                    17,
                    from: .host(1),
                    to: .host(9)
                )
                let bytes = PacketBuilder.cooked(packet, index: index, outgoing: false)
                let frame = Frame(
                    offset: 0,
                    time: Self.at(second + Int64(number)),
                    capturedLength: UInt32(bytes.count),
                    wireLength: UInt32(bytes.count),
                    interface: 0,
                    linkType: 276
                )
                let frames = [frame]
                unsafe pipeline.frames(FrameBatch(bytes: bytes.span.bytes, frames: frames.span))
            }
        }
        change([.host(Self.host, name: "node")] + Self.arrival(web, index: 5), at: 0)
        send(from: 1, index: 5, port: 4000)
        change(
            [
                .interfaceGone(InterfaceKey(namespace: Self.host, index: 5)), .containerEnded(web.key),
                .namespaceGone(NetworkNamespace(inode: 4_026_532_001)),
            ],
            at: 120
        )
        change(Self.arrival(db, index: 6), at: 130)
        send(from: 140, index: 6, port: 4001)
        pipeline.finish()
        try recorder.finish()
    }

    private func callers(_ graph: GraphPicture) -> [String] {
        graph.edges.keys.map { graph.endpoints[$0.source]?.name ?? "\($0.source.name)" }.sorted()
    }

    @Test func theScrubberShowsWhoHadTheAddressThen() throws {
        let file = try LookedAtFile(path)
        #expect(callers(file.whole.graph) == ["db", "web"])
        #expect(file.whole.timeline.bins.count > 100)
        for (name, second) in [("web", Int64(0)), ("db", 135)] {
            let span = Self.at(second).nanoseconds..<Self.at(second + 20).nanoseconds
            file.source.ask(.past(span))
            let answers = LookedAtFile.wait({ file.source.takeAnswers() }, until: { !$0.isEmpty })
            guard case .past(let picture, span)? = answers?.first else {
                Issue.record("no past: \(String(describing: answers))")
                continue
            }
            #expect(callers(picture) == [name])
        }
        // Played from its middle on: what was before is counted, what comes is not yet.
        file.source.ask(.play(.start(Self.at(60))))
        let played = try #require(file.played { _ in true })
        #expect(callers(played.graph) == ["web"])
    }

    @Test func loadedIntoADatabaseItKeepsItsNames() throws {
        let database = folder.path("case.db").path
        let loaded = try Command.run("replay", "-r", path, "--database", database)
        #expect(loaded.status == 0)
        #expect(loaded.errors == "")
        let source = try DatabaseSource(database) {}
        defer { source.end() }
        let snapshot = try #require(source.takeSnapshot())
        #expect(callers(snapshot.graph) == ["db", "web"])
        #expect(snapshot.inventory.namespaces.flatMap(\.containers).contains { $0.container.description.name == "db" })
        source.ask(.past(snapshot.timeline.span(of: 0)))
        let answers = LookedAtFile.wait({ source.takeAnswers() }, until: { !$0.isEmpty })
        guard case .past(let picture, _)? = answers?.first else {
            Issue.record("no past")
            return
        }
        #expect(callers(picture) == ["web"])
        #expect(try Command.run("report", "verify", "--database", database).status == 0)
    }

    @Test func writtenForOtherToolsItSaysWhoIsBehindAnInterface() throws {
        guard try Command.shell("command -v tshark").status == 0 else { return }
        let out = folder.path("out.pcapng").path
        #expect(try Command.run("replay", "-r", path, "--write", out).status == 0)
        let fields = "-e frame.interface_name -e frame.interface_description -e _ws.col.Source"
        let shown = try Command.shell("tshark -2 -N n -r \"$1\" -T fields \(fields)", out)
        let rows = Set(shown.output.split(separator: "\n").map(String.init))
        #expect(rows.contains { $0.hasPrefix("veth5\tcontainer web (web:1, docker aaaaaaaaaaaa)\t") }, "\(rows)")
        #expect(rows.contains { $0.hasPrefix("veth6\tcontainer db (db:1, docker bbbbbbbbbbbb)\t") }, "\(rows)")
        #expect(rows.allSatisfy { $0.hasSuffix("\tweb") || $0.hasSuffix("\tdb") }, "\(rows)")
        let chosen = folder.path("chosen.pcapng").path
        #expect(try Command.run("replay", "-r", path, "--write", chosen, "--container", "db").status == 0)
        let interfaces = try Command.shell("tshark -r \"$1\" -T fields -e frame.interface_name | sort -u", chosen)
        #expect(interfaces.output == "veth6\n")
    }
}
