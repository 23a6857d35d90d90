import Addressing
import Flows
import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing

/// A replay that stops at moments concludes what one that does not stop concludes.
@Suite("Replay up to moments")
struct ReplayMomentsTests {
    /// Counts what is told of flows.
    private final class Told: RecordSink {
        var ended: [FlowIdentifier: UInt64] = [:]
        /// Packets of flows as they were told of last.
        var newest: [FlowIdentifier: UInt64] = [:]
        var updates = 0

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
            newest[flow.identifier] = flow.packets
            switch action {
            case .started: break
            case .updated: updates += 1
            case .ended: ended[flow.identifier] = flow.packets
            }
        }

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
    }

    private static func replay(_ sink: Told, tellsAll: Bool = false, times: Int = 1) throws -> Replay {
        var settings = PipelineSettings()
        settings.flows.reportsStarts = tellsAll
        settings.flows.reportsUpdates = tellsAll
        let path = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap").path
        return try Replay(
            paths: Array(repeating: path, count: times),
            filter: nil,
            settings: settings,
            sink: sink
        )
    }

    /// From its first packet to its last, in nanoseconds.
    private static func span() throws -> ClosedRange<Int64> {
        var replay = try replay(Told())
        try replay.run { _ in true }
        let (first, last) = (replay.summary.first, replay.summary.last)
        return (try #require(first)).nanoseconds...(try #require(last)).nanoseconds
    }

    @Test(arguments: [1, 7, 1000], [1, 2])
    func piecesAreTheWhole(_ pieces: Int64, _ times: Int) throws {
        let whole = Told()
        var run = try Self.replay(whole, times: times)
        try run.run { _ in true }
        let told = Told()
        var replay = try Self.replay(told, times: times)
        let span = try Self.span()
        let step = (span.upperBound - span.lowerBound) / pieces + 1
        var moment = span.lowerBound
        var reach = Replay.Reach.part
        for _ in 0..<100_000 {
            reach = try replay.read(until: Timestamp(nanoseconds: moment), batches: 1)
            if case .end = reach { break }
            if case .moment = reach { moment += step }
        }
        guard case .end = reach else {
            Issue.record("it comes to an end")
            return
        }
        #expect(told.ended == whole.ended)
        #expect(replay.summary.frames == run.summary.frames)
        #expect(replay.summary.packets == run.summary.packets)
    }

    @Test func stopsBeforeTheMomentAndKnowsWhatComesNext() throws {
        let span = try Self.span()
        var replay = try Self.replay(Told())
        #expect(replay.nextTime == nil)
        guard case .moment = try replay.read(until: Timestamp(nanoseconds: span.lowerBound), batches: 1) else {
            Issue.record("nothing passed before the first packet")
            return
        }
        #expect(replay.summary.frames == 0)
        #expect(replay.nextTime?.nanoseconds == span.lowerBound)
        let middle = (span.lowerBound + span.upperBound) / 2
        while case .part = try replay.read(until: Timestamp(nanoseconds: middle), batches: 1) {}
        #expect((replay.nextTime?.nanoseconds ?? 0) >= middle)
        #expect(replay.summary.frames > 0 && replay.summary.frames < 438)
    }

    @Test func newsAddUpToAllThatCameAndAreToldOnce() throws {
        let told = Told()
        var replay = try Self.replay(told, tellsAll: true)
        let span = try Self.span()
        let middle = Timestamp(nanoseconds: (span.lowerBound + span.upperBound) / 2)
        while case .part = try replay.read(until: middle, batches: 8) {}
        replay.tellNews()
        let updates = told.updates
        #expect(updates > 0)
        replay.tellNews()
        #expect(told.updates == updates)
        // What a replay of the same packets counts, told as they end.
        let cut = Told()
        let path = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap").path
        var other = try Replay(
            paths: [path],
            filter: nil,
            interval: Int64.min..<middle.nanoseconds,
            settings: PipelineSettings(),
            sink: cut
        )
        try other.run { _ in true }
        #expect(told.newest == cut.ended)
    }
}
