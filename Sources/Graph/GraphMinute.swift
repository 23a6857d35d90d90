package import Addressing

/// What was counted in one minute, by edge.
package struct GraphMinute: Hashable, Sendable {
    /// The minute's first moment.
    package let start: Timestamp
    package private(set) var edges: [EdgeKey: EdgeCounts] = [:]
    /// What each container sent and received, as if it had begun everything: also of edges there is no room for.
    package private(set) var containers: [EndpointKey: EdgeCounts] = [:]

    /// Nanoseconds.
    static var length: Int64 { 60_000_000_000 }

    init(start: Timestamp) {
        self.start = start
    }

    /// A minute as it was stored.
    package init(start: Timestamp, edges: [EdgeKey: EdgeCounts], containers: [EndpointKey: EdgeCounts]) {
        self.start = start
        self.edges = edges
        self.containers = containers
    }

    /// Takes over what another says of its edges and containers; what is zero there goes.
    mutating func replace(_ other: Self) {
        for (key, counts) in other.edges { edges[key] = counts.isZero ? nil : counts }
        for (key, counts) in other.containers { containers[key] = counts }
    }

    /// Adds to an edge, or where there is no room to the one between `others`; returns which it was.
    mutating func add(_ counts: EdgeCounts, to key: EdgeKey, limit: Int) -> EdgeKey {
        if key.source.kind == .container { containers[key.source, default: EdgeCounts()].add(counts) }
        if key.destination.kind == .container { containers[key.destination, default: EdgeCounts()].add(counts.turned) }
        var key = key
        if edges[key] == nil, edges.count >= limit { key = .others(key.protocolNumber) }
        edges[key] = (edges[key] ?? EdgeCounts()) + counts
        return key
    }

    /// Takes back what was added to an edge; `asked` is the edge that it was added for.
    mutating func remove(_ counts: EdgeCounts, from key: EdgeKey, asked: EdgeKey) {
        if let known = containers[asked.source] { containers[asked.source] = known - counts }
        if let known = containers[asked.destination] { containers[asked.destination] = known - counts.turned }
        guard let known = edges[key] else { return }
        let rest = known - counts
        edges[key] = rest.isZero ? nil : rest
    }
}

/// The minutes that are kept, oldest first; a minute in which nothing was counted is left out.
struct MinuteRing {
    /// What was counted of a record in the minute that it was told of last.
    struct Share {
        var start: Timestamp
        /// The edge it was counted on there.
        var edge: EdgeKey
        /// The edge it would have been counted on if there was room.
        var asked: EdgeKey
        var counts: EdgeCounts
    }

    private(set) var minutes: [GraphMinute] = []
    let limits: GraphLimits
    /// Edges that were counted on since somebody asked, by minute; nil where nobody will.
    private var touched: [Timestamp: Set<Touch>]?

    /// An edge of a minute, and the edge that it was counted for.
    struct Touch: Hashable {
        var edge: EdgeKey
        var asked: EdgeKey
    }

    /// Nanoseconds.
    private static var length: Int64 { GraphMinute.length }

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

    /// Counts at a time, and returns what the record has counted in that minute now; nil for a minute that is not kept any more.
    /// `before` is what it had counted when it was told of last.
    mutating func add(_ counts: EdgeCounts, to key: EdgeKey, at time: Timestamp, before: Share?) -> Share? {
        let start = Self.start(of: time)
        var index = minutes.endIndex
        while index > 0, minutes[index - 1].start > start { index -= 1 }
        if index == 0 || minutes[index - 1].start != start {
            guard index > 0 || minutes.count < limits.minutes else { return nil }
            minutes.insert(GraphMinute(start: start), at: index)
            index += 1
        }
        let edge = minutes[index - 1].add(counts, to: key, limit: limits.edgesOfMinute)
        touched?[start, default: []].insert(Touch(edge: edge, asked: key))
        let (newest, span) = (minutes[minutes.count - 1].start, span)
        minutes.removeAll { newest.nanoseconds &- $0.start.nanoseconds >= span }
        guard let before, before.start == start, before.edge == edge, before.asked == key else {
            return Share(start: start, edge: edge, asked: key, counts: counts)
        }
        return Share(start: start, edge: edge, asked: key, counts: before.counts + counts)
    }

    /// Takes back what a record counted in its last minute. Earlier minutes stay as they were told.
    mutating func remove(_ share: Share) {
        guard let index = minutes.firstIndex(where: { $0.start == share.start }) else { return }
        minutes[index].remove(share.counts, from: share.edge, asked: share.asked)
        touched?[share.start, default: []].insert(Touch(edge: share.edge, asked: share.asked))
    }

    /// From now on `takeTouched` tells.
    mutating func track() { touched = touched ?? [:] }

    /// Edges that were counted on since it was called last, by minute.
    mutating func takeTouched() -> [Timestamp: Set<Touch>] {
        guard let known = touched else { return [:] }
        touched = [:]
        return known
    }

    /// Puts back minutes that were counted before, oldest first. Only into an empty ring.
    mutating func restore(_ known: [GraphMinute]) {
        minutes = known.sorted { $0.start < $1.start }.suffix(limits.minutes)
    }

    /// The newest minute; nil before anything was counted.
    var newest: Timestamp? { minutes.last?.start }

    /// Before when nothing is kept any more; nil before anything was counted.
    var horizon: Timestamp? {
        guard let newest else { return nil }
        let (time, isBeforeAll) = newest.nanoseconds.subtractingReportingOverflow(span)
        return Timestamp(nanoseconds: isBeforeAll ? .min : time)
    }

    /// How long minutes are kept.
    private var span: Int64 { limits.span }
}
