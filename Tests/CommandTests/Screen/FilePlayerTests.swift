import Addressing
import Dashboard
import Foundation
import Graph
import Monitor
import Pipeline
import Support
import Testing

@testable import portolan

/// Files that are played: what is shown at a moment is what passed before it, however one came there.
@Suite("Playing a file")
struct FilePlayerTests {
    private let options: FileSourceOptions
    private let whole: Snapshot
    private let span: ClosedRange<Timestamp>

    init() throws {
        options = FileSourceOptions(paths: [LookedAtFile.own("shop/shop-node-a.pcap")])
        whole = try LookedAtFile(options.paths[0]).whole
        let edges = whole.graph.edges.values
        let (first, last) = (edges.map(\.first).min(), edges.map(\.last).max())
        span = try #require(first)...(#require(last))
    }

    private func moment(_ share: Double) -> Timestamp {
        let length = span.upperBound.nanoseconds - span.lowerBound.nanoseconds
        return Timestamp(nanoseconds: span.lowerBound.nanoseconds + Int64(Double(length) * share))
    }

    private func player(at moment: Timestamp? = nil) throws -> FilePlayer {
        let player = try FilePlayer(options, span, at: moment)
        player.change(.pause)
        try arrive(player)
        return player
    }

    private func arrive(_ player: FilePlayer) throws {
        for _ in 0..<100_000 where !player.hasArrived { _ = try player.step(0) }
        #expect(player.hasArrived)
    }

    /// What a replay of all before a moment draws.
    private func cut(at moment: Timestamp) throws -> GraphPicture {
        let sink = GraphSink(hearsStarts: false)
        var replay = try FileSource.open(options, sink, interval: Int64.min..<moment.nanoseconds)
        try replay.run { _ in true }
        return sink.graph.picture
    }

    /// Everything but which attempts failed, which is known only when they are over.
    private func counts(_ picture: GraphPicture) -> [EdgeKey: EdgeCounts] {
        picture.edges.mapValues {
            var counts = $0.counts
            counts.failures = 0
            return counts
        }
    }

    @Test(arguments: [0.1, 0.33, 0.5, 0.77, 0.95])
    func aMomentIsAsAReplayThatEndsThere(_ share: Double) throws {
        let picture = try player(at: moment(share)).snapshot(whole).graph
        let expected = try cut(at: moment(share))
        #expect(!expected.edges.isEmpty)
        #expect(counts(picture) == counts(expected), "what a replay up to there draws")
    }

    @Test func forthAndBackIsTheSame() throws {
        let straight = try player(at: moment(0.4)).snapshot(whole)
        let player = try player(at: moment(0.7))
        #expect(player.snapshot(whole).graph != straight.graph)
        for share in [0.2, 1, 0, 0.9, 0.4] {
            player.change(.seek(moment(share)))
            try arrive(player)
        }
        let back = player.snapshot(whole)
        #expect(back.graph.edges == straight.graph.edges)
        #expect(back.graph.endpoints == straight.graph.endpoints)
        #expect(back.flows == straight.flows)
        #expect(back.time == straight.time)
    }

    @Test func smallStepsLeadToTheSameAsOne() throws {
        let straight = try player(at: moment(0.6)).snapshot(whole).graph
        let player = try player()
        for step in 1...60 {
            player.change(.seek(moment(Double(step) / 100)))
            try arrive(player)
            _ = player.snapshot(whole)
        }
        #expect(counts(player.snapshot(whole).graph) == counts(straight))
    }

    @Test func theEndIsAllOfTheFile() throws {
        let player = try player(at: Timestamp(nanoseconds: .max))
        #expect(counts(player.snapshot(whole).graph) == counts(whole.graph))
        let beginning = try self.player(at: Timestamp(nanoseconds: .min))
        #expect(beginning.snapshot(whole).graph.edges.isEmpty)
        #expect(beginning.playback.position == span.lowerBound)
    }

    @Test func timeGoesOnAsFastAsIsSaid() throws {
        let player = try player()
        player.change(.speed(4))
        let isMovedWhilePaused = try player.step(1_000_000_000)
        #expect(!isMovedWhilePaused)
        player.change(.resume)
        let isMoved = try player.step(500_000_000)
        #expect(isMoved)
        try arrive(player)
        #expect(player.playback.position.nanoseconds == span.lowerBound.nanoseconds + 2_000_000_000)
        player.change(.speed(1e9))
        #expect(player.playback.speed == FilePlayer.speeds.upperBound)
        for _ in 0..<100_000 where player.isPlaying { _ = try player.step(1_000_000_000) }
        #expect(!player.isPlaying)
        #expect(player.playback.position > span.upperBound)
        // What was played to its end begins again.
        player.change(.resume)
        _ = try player.step(0)
        #expect(player.isPlaying)
        #expect(player.playback.position == span.lowerBound)
    }

    @Test func theSourcePlaysAndEndsPlaying() throws {
        let file = try LookedAtFile(options.paths[0])
        file.source.ask(.play(.start(nil)))
        #expect(file.played { $0.isPlaying } != nil)
        file.source.ask(.play(.pause))
        let middle = moment(0.5)
        file.source.ask(.play(.seek(middle)))
        let arrived = file.played { !$0.isPlaying && $0.position == middle }
        let there = try #require(arrived)
        #expect(counts(there.graph) == counts(try cut(at: middle)))
        #expect(there.timeline == file.whole.timeline)
        file.source.ask(.play(.end))
        let whole = LookedAtFile.wait({ file.source.takeSnapshot() }, until: { $0.playback == nil })
        #expect(whole?.graph == file.whole.graph)
    }

    @Test func packetsOfAnEdgeThatIsPlayedAreThoseUpToTheMoment() throws {
        let file = try LookedAtFile(options.paths[0])
        let middle = moment(0.5)
        file.source.ask(.play(.start(middle)))
        file.source.ask(.play(.pause))
        let arrived = file.played { !$0.isPlaying && $0.position >= middle }
        let there = try #require(arrived)
        let position = try #require(there.playback?.position)
        let span = try #require(there.playback?.span)
        let (key, edge) = try #require(there.graph.edges.max { $0.value.counts.packets < $1.value.counts.packets })
        let choice = PacketChoice(
            number: 1,
            subject: .edges([key]),
            span: span.lowerBound.nanoseconds..<position.nanoseconds
        )
        let list = try file.packets(choice)
        #expect(!list.packets.isEmpty)
        #expect(UInt64(list.packets.count) == edge.counts.packets)
    }

    /// A file may claim any times.
    @Test func timesAtTheEndsOfAllTimeAreNoTrouble() throws {
        let all = Timestamp(nanoseconds: .min)...Timestamp(nanoseconds: .max)
        let player = try FilePlayer(options, all, at: nil)
        player.change(.speed(.infinity))
        for _ in 0..<100 { _ = try player.step(.max) }
        player.change(.seek(Timestamp(nanoseconds: .max)))
        try arrive(player)
        _ = try player.step(.max)
        #expect(!player.isPlaying)
        #expect(counts(player.snapshot(whole).graph) == counts(whole.graph))
        player.change(.seek(Timestamp(nanoseconds: .min)))
        try arrive(player)
        #expect(player.snapshot(whole).graph.edges.isEmpty)
    }
}
