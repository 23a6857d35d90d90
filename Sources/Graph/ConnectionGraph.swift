import Addressing

/// Who talks to whom: endpoints, the edges between them, and what was counted on each.
///
/// A plain value without clock: the same observations in the same order make the same graph, live and from a replay. Bounded by
/// `GraphLimits`; what is beyond is folded and stands in `folding`.
package struct ConnectionGraph: Sendable {
    package private(set) var endpoints: [EndpointKey: Endpoint] = [:]
    package private(set) var edges: [EdgeKey: Edge] = [:]
    package private(set) var folding = GraphFolding()
    private var ring: MinuteRing
    /// What of each record under way is counted already, and where.
    private var open: [UInt32: Counted] = [:]
    /// Names and addresses outside that are told apart.
    private var outside = 0
    /// Services told apart between two endpoints.
    private var services: [Pair: Int] = [:]
    private let limits: GraphLimits

    private struct Counted {
        var edge: EdgeKey
        var counts: EdgeCounts
        var last: Timestamp
    }

    private struct Pair: Hashable {
        var source: EndpointKey
        var destination: EndpointKey
    }

    package init(limits: GraphLimits = GraphLimits()) {
        self.limits = limits
        ring = MinuteRing(limits: limits)
    }

    /// The last minutes in which anything was counted, oldest first.
    package var minutes: [GraphMinute] { ring.minutes }

    /// Counts a flow: what it has counted since it was told of last. If it has turned out since to be somebody else's, all of it
    /// moves there.
    package mutating func count(_ flow: FlowObservation) {
        let known = flow.serial.flatMap { open[$0] }
        if known == nil, !flow.isOver, flow.serial == nil || open.count >= limits.open {
            folding.open += 1
            return
        }
        let source = place(flow.source, known?.edge.source)
        let destination = place(flow.destination, known?.edge.destination)
        let edge = edge(source, destination, flow, known?.edge)
        if let known, known.edge != edge { move(known, to: edge, flow) }
        var counts = flow.counts
        counts.flows = (known?.counts.flows ?? 0) + (flow.isAnother ? 1 : 0)
        add(counts - (known?.counts ?? EdgeCounts()), to: edge, flow)
        guard let serial = flow.serial else { return }
        open[serial] = flow.isOver ? nil : Counted(edge: edge, counts: counts, last: flow.last)
    }

    /// Takes back what was counted of a record: another one counts it.
    package mutating func forget(_ serial: UInt32) {
        guard let known = open.removeValue(forKey: serial) else { return }
        take(known)
        ring.remove(known.counts, from: known.edge, at: known.last)
    }

    private mutating func add(_ counts: EdgeCounts, to key: EdgeKey, _ flow: FlowObservation) {
        edges[key, default: Edge(first: flow.first, last: flow.last)].counts =
            (edges[key]?.counts ?? EdgeCounts()) + counts
        edges[key]?.span(flow.first, flow.last)
        if !counts.isZero { ring.add(counts, to: key, at: flow.last) }
    }

    private mutating func move(_ known: Counted, to edge: EdgeKey, _ flow: FlowObservation) {
        take(known)
        edges[edge, default: Edge(first: flow.first, last: flow.last)].counts =
            (edges[edge]?.counts ?? EdgeCounts()) + known.counts
        ring.move(known.counts, from: known.edge, to: edge, at: known.last)
    }

    /// An edge on which nothing is left was never there.
    private mutating func take(_ known: Counted) {
        let key = known.edge
        guard let old = edges[key] else { return }
        edges[key]?.counts = old.counts - known.counts
        guard edges[key]?.counts.isZero == true else { return }
        edges[key] = nil
        guard key.port != nil else { return }
        let pair = Pair(source: key.source, destination: key.destination)
        services[pair] = services[pair].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// The key under which an endpoint stands in the graph; `before` is where this flow's end stood.
    private mutating func place(_ endpoint: Endpoint, _ before: EndpointKey?) -> EndpointKey {
        var endpoint = endpoint
        if endpoints[endpoint.key] == nil, endpoint.key.kind == .outside, outside >= limits.outside {
            endpoint = endpoint.folded
            if before != endpoint.key { folding.outside += 1 }
        }
        if endpoints[endpoint.key] != nil {
            endpoints[endpoint.key]?.merge(endpoint)
            return endpoint.key
        }
        if endpoints.count >= limits.endpoints {
            if before != .others { folding.endpoints += 1 }
            endpoints[.others, default: Endpoint(.others, at: endpoint.first)].merge(
                Endpoint(.others, at: endpoint.last)
            )
            return .others
        }
        if endpoint.key.kind == .outside { outside += 1 }
        endpoints[endpoint.key] = endpoint
        return endpoint.key
    }

    private mutating func edge(
        _ source: EndpointKey,
        _ destination: EndpointKey,
        _ flow: FlowObservation,
        _ before: EdgeKey?
    ) -> EdgeKey {
        var key = EdgeKey(source, destination, protocolNumber: flow.protocolNumber, port: flow.port)
        if edges[key] != nil { return key }
        let pair = Pair(source: source, destination: destination)
        if key.port != nil, services[pair, default: 0] >= limits.services {
            key.port = nil
            if before != key { folding.services += 1 }
            if edges[key] != nil { return key }
        }
        if edges.count >= limits.edges {
            let others = EdgeKey(.others, .others, protocolNumber: flow.protocolNumber, port: nil)
            if before != others { folding.edges += 1 }
            endpoints[.others, default: Endpoint(.others, at: flow.first)].merge(Endpoint(.others, at: flow.last))
            return others
        }
        if key.port != nil { services[pair, default: 0] += 1 }
        return key
    }
}

extension Endpoint {
    /// The network it is in, as that is called: 24 bits of an IPv4 address, 48 of an IPv6 one.
    fileprivate var folded: Self {
        guard let address = addresses.first, let prefix = IPPrefix(address, length: address.isIPv6 ? 48 : 24) else {
            return Endpoint(.others, at: first)
        }
        var network = Endpoint(EndpointKey(.network, "\(prefix)"), address: address, at: first)
        network.last = last
        return network
    }
}
