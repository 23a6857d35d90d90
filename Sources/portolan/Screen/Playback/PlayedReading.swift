import Addressing
import Dashboard
import Flows
import Graph
import Monitor
import Pipeline
import Records

/// Capture files as they were at a moment, as if that were now: read from the beginning up to there.
final class PlayedReading {
    private var replay: Replay
    private let drawn = GraphSink(hearsStarts: true)
    private let ring = FlowRing()
    private var meter = RateMeter()
    private var isAtEnd = false
    /// All that passed before it is taken in.
    private(set) var position: Timestamp

    /// Batches of frames that are read at a time: some milliseconds of work.
    private static var batches: Int { 64 }
    private static var second: Int64 { 1_000_000_000 }

    /// Opens them; `start` is when their first packet passed.
    init(_ options: FileSourceOptions, from start: Timestamp) throws {
        drawn.track()
        replay = try FileSource.open(options, SplitSink(drawn, ring), flows: .played)
        position = start
    }

    /// Reads on towards a moment: up to the end of a second, or as much as takes some milliseconds.
    func read(until moment: Timestamp) throws {
        guard !isAtEnd else {
            position = max(position, moment)
            return
        }
        // Rates are measured second by second, as they are live, and seconds in which nothing passes are passed over.
        let next = max(position.seconds, min(replay.nextTime?.seconds ?? .min, moment.seconds)) + 1
        let (end, isOver) = next.multipliedReportingOverflow(by: Self.second)
        let stop = isOver ? moment : min(moment, Timestamp(nanoseconds: end))
        switch try replay.read(until: stop, batches: Self.batches) {
        case .part:
            position = max(position, replay.time ?? position)
            return
        case .moment: position = stop
        case .end:
            isAtEnd = true
            position = moment
        }
        meter.note(drawn.takeChanges(), at: position)
    }

    /// What is to be seen of it.
    func fill(_ snapshot: inout Snapshot) {
        if !isAtEnd { replay.tellNews() }
        snapshot.time = position
        snapshot.graph = drawn.graph.picture
        snapshot.rates = meter.rates
        snapshot.flows = ring.newest
        snapshot.olderFlows = ring.older
    }
}

extension FlowConfiguration {
    /// As live: whoever looks wants to see what goes on, and not only what is over.
    static var played: Self {
        var flows = Self()
        flows.reportsStarts = true
        flows.reportsUpdates = true
        flows.updateInterval = 1
        return flows
    }
}
