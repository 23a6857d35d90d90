package import Addressing

/// What was counted in one minute, by edge.
package struct GraphMinute: Hashable, Sendable {
    /// The minute's first moment.
    package let start: Timestamp
    package private(set) var edges: [EdgeKey: EdgeCounts] = [:]

    init(start: Timestamp) {
        self.start = start
    }

    mutating func add(_ counts: EdgeCounts, to key: EdgeKey, limit: Int) {
        if let known = edges[key] {
            edges[key] = known + counts
            return
        }
        var key = key
        if edges.count >= limit { key = EdgeKey(.others, .others, protocolNumber: key.protocolNumber, port: nil) }
        edges[key, default: EdgeCounts()] = edges[key, default: EdgeCounts()] + counts
    }

    mutating func remove(_ counts: EdgeCounts, from key: EdgeKey) {
        guard let known = edges[key] else { return }
        let rest = known - counts
        edges[key] = rest.isZero ? nil : rest
    }
}

/// The minutes that are kept, oldest first; a minute in which nothing was counted is left out.
struct MinuteRing {
    private(set) var minutes: [GraphMinute] = []
    let limits: GraphLimits

    /// Nanoseconds.
    private static var length: Int64 { 60_000_000_000 }

    init(limits: GraphLimits) {
        self.limits = limits
    }

    private static func start(of time: Timestamp) -> Timestamp {
        let remainder = time.nanoseconds % length
        // Before 1970, too, a minute begins at its first moment; the very first one is cut.
        let (start, isBeforeAll) = (time.nanoseconds - remainder).subtractingReportingOverflow(
            remainder < 0 ? length : 0
        )
        return Timestamp(nanoseconds: isBeforeAll ? .min : start)
    }

    /// Counts at a time; of a minute that is not kept any more, nothing.
    mutating func add(_ counts: EdgeCounts, to key: EdgeKey, at time: Timestamp) {
        let start = Self.start(of: time)
        var index = minutes.endIndex
        while index > 0, minutes[index - 1].start > start { index -= 1 }
        if index == 0 || minutes[index - 1].start != start {
            guard index > 0 || minutes.count < limits.minutes else { return }
            minutes.insert(GraphMinute(start: start), at: index)
            index += 1
        }
        minutes[index - 1].add(counts, to: key, limit: limits.edgesOfMinute)
        let newest = minutes[minutes.count - 1].start
        minutes.removeAll { newest.nanoseconds &- $0.start.nanoseconds >= Int64(limits.minutes) &* Self.length }
    }

    /// Moves what an edge counted in a minute to another one. Earlier minutes stay as they were told.
    mutating func move(_ counts: EdgeCounts, from old: EdgeKey, to new: EdgeKey, at time: Timestamp) {
        let start = Self.start(of: time)
        guard let index = minutes.firstIndex(where: { $0.start == start }) else { return }
        minutes[index].remove(counts, from: old)
        minutes[index].add(counts, to: new, limit: limits.edgesOfMinute)
    }

    /// Takes back what an edge counted in a minute.
    mutating func remove(_ counts: EdgeCounts, from key: EdgeKey, at time: Timestamp) {
        let start = Self.start(of: time)
        guard let index = minutes.firstIndex(where: { $0.start == start }) else { return }
        minutes[index].remove(counts, from: key)
    }
}
