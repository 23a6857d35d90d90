import Addressing
import Dashboard
import Graph
import Records

/// How much went when, of flows that are over: each one's bytes are spread over the time it took. The more time there is, the wider
/// the bins become: there are never more than `limit`.
struct TimelineSums {
    private(set) var timeline = Timeline()

    private static var limit: Int { 240 }

    mutating func add(_ record: FlowRecord) {
        if timeline.bins.isEmpty { timeline.start = record.first }
        reach(record.first)
        reach(record.last)
        guard let from = index(of: record.first), let to = index(of: record.last), from <= to else { return }
        timeline.bins[from].flows += 1
        let bytes = record.source.bytes &+ record.destination.bytes
        let share = bytes / UInt64(to - from + 1)
        for bin in from...to { timeline.bins[bin].bytes &+= share }
        timeline.bins[from].bytes &+= bytes % UInt64(to - from + 1)
    }

    private func index(of time: Timestamp) -> Int? {
        let (difference, isOver) = time.nanoseconds.subtractingReportingOverflow(timeline.start.nanoseconds)
        guard !isOver, difference >= 0 else { return nil }
        let bin = Int(difference / timeline.width)
        return bin < timeline.bins.count ? bin : nil
    }

    /// Makes bins up to a moment, before the first one too.
    private mutating func reach(_ time: Timestamp) {
        while time < timeline.start {
            // The beginning moves to a bin that has it, as far as there may be bins.
            let (distance, isOver) = timeline.start.nanoseconds.subtractingReportingOverflow(time.nanoseconds)
            guard !isOver else { return }
            let more = Int(min((distance - 1) / timeline.width + 1, Int64(Self.limit)))
            let (start, isBeforeAll) = timeline.start.nanoseconds.subtractingReportingOverflow(
                Int64(more) * timeline.width
            )
            guard !isBeforeAll else { return }
            timeline.start = Timestamp(nanoseconds: start)
            timeline.bins.insert(contentsOf: repeatElement(Timeline.Bin(), count: more), at: 0)
            while timeline.bins.count > Self.limit, widen() {}
        }
        while true {
            let (distance, isOver) = time.nanoseconds.subtractingReportingOverflow(timeline.start.nanoseconds)
            guard !isOver, distance >= 0 else { return }
            let wanted = distance / timeline.width
            if wanted < Int64(Self.limit) {
                let more = Int(wanted) + 1 - timeline.bins.count
                if more > 0 { timeline.bins += repeatElement(Timeline.Bin(), count: more) }
                return
            }
            guard widen() else { return }
        }
    }

    /// Makes one bin of two; false where time is too long for that.
    private mutating func widen() -> Bool {
        let (width, isOver) = timeline.width.multipliedReportingOverflow(by: 2)
        guard !isOver else { return false }
        timeline.width = width
        timeline.bins = stride(from: 0, to: timeline.bins.count, by: 2).map { index in
            var bin = timeline.bins[index]
            if index + 1 < timeline.bins.count {
                bin.bytes &+= timeline.bins[index + 1].bytes
                bin.flows &+= timeline.bins[index + 1].flows
                bin.isGap = bin.isGap || timeline.bins[index + 1].isGap
            }
            return bin
        }
        return true
    }
}

extension Timeline {
    /// Of a graph's minutes.
    init(_ minutes: [GraphMinute]) {
        self.init()
        width = 60_000_000_000
        guard let first = minutes.first, let last = minutes.last else { return }
        start = first.start
        let span = max(last.start.nanoseconds &- first.start.nanoseconds, 0)
        // As many minutes in a bin as leave so many bins.
        while span / width >= 1440 { width &*= 2 }
        bins = Array(repeating: Bin(), count: Int(span / width) + 1)
        for minute in minutes {
            guard let bin = bin(of: minute.start) else { continue }
            for counts in minute.edges.values {
                bins[bin].bytes &+= counts.bytes
                bins[bin].flows &+= counts.flows
            }
        }
    }
}
