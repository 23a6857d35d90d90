import Addressing
import Dashboard
import Foundation
import Graph
import Records
import Support
import Testing

@testable import portolan

/// A database as `portolan tui --database` looks at it.
@Suite("A database at the screen")
struct DatabaseSourceTests {
    private let folder: ScratchFolder
    private let path: String

    /// Three minutes, in each of which another host asks.
    init() throws {
        folder = try ScratchFolder()
        path = folder.path("case.db").path
        var frames: [CaptureBytes.Frame] = []
        for number in 0..<12 {
            let (minute, second) = (number / 4, number % 4 * 10)
            let time = UInt64(1_700_000_040 + minute * 60 + second) * 1_000_000
            let source: [UInt8] = [10, 0, 0, 10 + UInt8(minute)]
            frames.append(.udp(at: time, from: source, ports: (4000, 5000), [1, 2, 3]))
        }
        let capture = try folder.write(CaptureBytes(frames).pcap, as: "in.pcap").path
        #expect(try Command.run("replay", "-r", capture, "--database", path).status == 0)
    }

    private func opened() throws -> (source: DatabaseSource, snapshot: Snapshot) {
        let source = try DatabaseSource(path) {}
        let snapshot = try #require(source.takeSnapshot())
        return (source, snapshot)
    }

    private func callers(_ graph: GraphPicture) -> [String] {
        graph.edges.filter { $0.value.counts.flows > 0 }.map { $0.key.source.name }.sorted()
    }

    @Test func showsAllThatIsStored() throws {
        let (source, snapshot) = try opened()
        defer { source.end() }
        #expect(snapshot.origin == .database(path: "case.db"))
        #expect(callers(snapshot.graph) == ["10.0.0.10", "10.0.0.11", "10.0.0.12"])
        #expect(snapshot.flows.count == 3)
        #expect(snapshot.flows.map(\.first) == snapshot.flows.map(\.first).sorted())
        #expect(snapshot.isJudged == true)
        #expect(snapshot.timeline.bins.count == 3)
        #expect(snapshot.timeline.bins.allSatisfy { $0.bytes > 0 && $0.flows == 1 })
    }

    @Test func theScrubberRunsOverItsMinutes() throws {
        let (source, snapshot) = try opened()
        defer { source.end() }
        for bin in 0..<3 {
            let span = snapshot.timeline.span(of: bin)
            source.ask(.past(span))
            let answers = LookedAtFile.wait({ source.takeAnswers() }, until: { !$0.isEmpty })
            guard case .past(let picture, span)? = answers?.first else {
                Issue.record("no past of minute \(bin): \(String(describing: answers))")
                continue
            }
            #expect(callers(picture) == ["10.0.0.1\(bin)"])
        }
    }

    @Test func whatItCannotDoItSays() throws {
        let (source, snapshot) = try opened()
        defer { source.end() }
        let edge = try #require(snapshot.graph.edges.first)
        source.ask(.packets(PacketChoice(number: 1, subject: .edges([edge.key]))))
        let list = LookedAtFile.wait { source.takePackets() }
        #expect(list?.fault?.contains("keeps no packets") == true)
    }

    @Test func whatIsNoDatabaseIsSaidBeforeTheScreenChanges() throws {
        #expect(throws: (any Error).self) { _ = try DatabaseSource(folder.path("absent.db").path) {} }
        let text = try folder.write(Array("no database at all, but some text".utf8), as: "text.db").path
        #expect(throws: (any Error).self) { _ = try DatabaseSource(text) {} }
    }
}
