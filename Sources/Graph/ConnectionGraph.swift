package import Addressing

/// Who talks to whom: endpoints, the edges between them, and what was counted on each.
///
/// A plain value without clock: the same observations in the same order make the same graph, live and from a replay. Bounded by
/// `GraphLimits`; what is beyond is folded and stands in `folding`.
package struct ConnectionGraph: Sendable {
    package internal(set) var endpoints: [EndpointKey: Endpoint] = [:]
    package internal(set) var edges: [EdgeKey: Edge] = [:]
    /// Hosts that tunnels were seen between.
    package internal(set) var tunnelEnds: [IPAddress: TunnelEnd] = [:]
    package internal(set) var folding = GraphFolding()
    var ring: MinuteRing
    /// What of each record under way is counted already, and where.
    private var open: [UInt32: Counted] = [:]
    /// Edges of each endpoint.
    var degrees: [EndpointKey: Int] = [:]
    /// Endpoints outside that are told apart, and all that are not of this host.
    var outside = 0
    var strangers = 0
    /// Services told apart between two endpoints.
    var services: [Pair: Int] = [:]
    let limits: GraphLimits

    private struct Counted {
        var edge: EdgeKey
        var counts: EdgeCounts
        /// What of that its last minute has.
        var share: MinuteRing.Share?
    }

    struct Pair: Hashable {
        var source: EndpointKey
        var destination: EndpointKey
    }

    package init(limits: GraphLimits = GraphLimits()) {
        self.limits = limits
        ring = MinuteRing(limits: limits)
    }

    /// All of it as it stands. Nothing is copied until the graph changes.
    package var picture: GraphPicture {
        GraphPicture(
            endpoints: endpoints,
            edges: edges,
            tunnelEnds: tunnelEnds,
            minutes: ring.minutes,
            folding: folding
        )
    }

    /// The last minutes in which anything was counted, oldest first.
    package var minutes: [GraphMinute] { ring.minutes }

    /// Whether some of a record is counted already.
    package func knows(_ serial: UInt32) -> Bool { open[serial] != nil }

    /// The edge that a record under way counts on.
    package func edge(of serial: UInt32) -> EdgeKey? { open[serial]?.edge }

    /// Counts a flow: what it has counted since it was told of last. If it has turned out since to be somebody else's, all of it
    /// moves there. Returns the edge it counts on now; nil where there was no room to remember it until it is over.
    @discardableResult
    package mutating func count(_ flow: FlowObservation) -> EdgeKey? {
        let known = flow.serial.flatMap { open[$0] }
        if known == nil, !flow.isOver, flow.serial == nil || open.count >= limits.open {
            if flow.isAnother { folding.open += 1 }
            return nil
        }
        if let carriage = flow.carriage { note(carriage, flow) }
        var counts = flow.counts
        counts.flows = (known?.counts.flows ?? 0) + (flow.isAnother ? 1 : 0)
        var edge = edge(of: flow, known?.edge)
        var more = counts - (known?.counts ?? EdgeCounts())
        var share = known?.share
        let newest = ring.newest
        let fresh = more
        if let known, known.edge != edge || !counts.holds(known.counts) {
            // Another end than before, or another observation point that saw most: all of it is counted anew.
            take(known)
            // What went with the last that was counted comes back.
            edge = self.edge(of: flow, edge)
            more = counts
            share = known.share.flatMap { ring.add($0.counts.limited(to: counts), to: edge, at: $0.start, before: nil) }
        }
        add(more, to: edge, flow)
        // The key that stands in the graph already: minutes share its strings.
        if let place = edges.index(forKey: edge) { edge = edges[place].key }
        if !fresh.isZero { share = ring.add(fresh, to: edge, at: flow.last, before: share) }
        if ring.newest != newest { foldOld() }
        if let serial = flow.serial {
            open[serial] = flow.isOver ? nil : Counted(edge: edge, counts: counts, share: share)
        }
        return edge
    }

    /// Takes back what was counted of a record: another one counts it.
    package mutating func forget(_ serial: UInt32) {
        if let known = open.removeValue(forKey: serial) { take(known) }
    }

    private mutating func add(_ counts: EdgeCounts, to key: EdgeKey, _ flow: FlowObservation) {
        if edges[key] == nil {
            edges[key] = Edge(first: flow.first, last: flow.last)
            link(key)
        }
        edges[key]?.add(counts, from: flow.first, to: flow.last)
        if let asked = flow.asked { edges[key]?.note(asked) }
    }

    /// An edge on which nothing is left was never there.
    private mutating func take(_ known: Counted) {
        if let share = known.share { ring.remove(share) }
        guard let old = edges[known.edge] else { return }
        let rest = old.counts - known.counts
        edges[known.edge]?.counts = rest
        guard rest.isZero else { return }
        edges[known.edge] = nil
        unlink(known.edge)
    }

    /// When a graph is half full: what was idle for as long as minutes are kept folds into the edge between `others`.
    private mutating func foldOld() {
        guard edges.count > limits.edges / 2, let horizon = ring.horizon else { return }
        for (key, edge) in edges where edge.last < horizon && !key.isOfOthers {
            edges[key] = nil
            unlink(key)
            folding.edges &+= edge.counts.flows
            let others = EdgeKey.others(key.protocolNumber)
            if edges[others] == nil {
                edges[others] = Edge(first: edge.first, last: edge.last)
                addOthers(edge.first, edge.last)
                link(others)
            }
            edges[others]?.add(edge.counts, from: edge.first, to: edge.last)
        }
    }
}
