import Addressing

/// Where endpoints and edges stand, and what stands for those that there is no room for.
extension ConnectionGraph {
    /// The edge that a flow counts on, whose ends stand in the graph; `before` is the one it counted on when it was told of last.
    mutating func edge(of flow: FlowObservation, _ before: EdgeKey?) -> EdgeKey {
        let source = place(flow.source, before?.source)
        let destination = place(flow.destination, before?.destination)
        return edge(source, destination, flow, before)
    }

    /// The key under which an endpoint stands in the graph; `before` is where this flow's end stood.
    private mutating func place(_ endpoint: Endpoint, _ before: EndpointKey?) -> EndpointKey {
        var endpoint = endpoint
        if endpoints[endpoint.key] == nil, endpoint.key.kind == .outside, outside >= limits.outside {
            endpoint = endpoint.folded
            if before != endpoint.key { folding.outside &+= 1 }
        }
        if endpoints[endpoint.key] != nil {
            endpoints[endpoint.key]?.merge(endpoint)
            return endpoint.key
        }
        let isStranger = endpoint.key.kind.isStranger
        if endpoints.count >= limits.endpoints || isStranger && strangers >= limits.strangers {
            if before != .others { folding.endpoints &+= 1 }
            addOthers(endpoint.first, endpoint.last)
            return .others
        }
        if endpoint.key.kind == .outside { outside += 1 }
        if isStranger { strangers += 1 }
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
        if key.port != nil, services[Pair(key), default: 0] >= limits.services {
            key.port = nil
            if before != key { folding.services &+= 1 }
            if edges[key] != nil { return key }
        }
        // Strangers leave some room to those who live here.
        let isOfStranger = source.kind.isStranger || destination.kind.isStranger
        if edges.count >= (isOfStranger ? limits.edges / 4 * 3 : limits.edges) {
            let others = EdgeKey.others(flow.protocolNumber)
            if before != others { folding.edges &+= 1 }
            forgetIfAlone(source)
            forgetIfAlone(destination)
            addOthers(flow.first, flow.last)
            return others
        }
        return key
    }

    mutating func addOthers(_ first: Timestamp, _ last: Timestamp) {
        endpoints[.others, default: Endpoint(.others, at: first)].merge(Endpoint(.others, at: last))
    }

    /// An edge came.
    mutating func link(_ key: EdgeKey) {
        degrees[key.source, default: 0] += 1
        degrees[key.destination, default: 0] += 1
        if key.port != nil { services[Pair(key), default: 0] += 1 }
    }

    /// An edge went; with the last of its edges an endpoint goes, too.
    mutating func unlink(_ key: EdgeKey) {
        for end in [key.source, key.destination] {
            degrees[end] = degrees[end].flatMap { $0 > 1 ? $0 - 1 : nil }
            forgetIfAlone(end)
        }
        if key.port != nil { services[Pair(key)] = services[Pair(key)].flatMap { $0 > 1 ? $0 - 1 : nil } }
    }

    mutating func forgetIfAlone(_ key: EndpointKey) {
        guard degrees[key] == nil, endpoints.removeValue(forKey: key) != nil else { return }
        if key.kind == .outside { outside -= 1 }
        if key.kind.isStranger { strangers -= 1 }
    }
}

extension ConnectionGraph.Pair {
    init(_ key: EdgeKey) {
        self.init(source: key.source, destination: key.destination)
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
