import Addressing
import Containers
import Graph

/// Endpoints, edges and minutes, as `JSONGraph` writes them.
extension JournalFields {
    /// Those under `endpoints`, in their order, each once.
    func endpoints() throws(Reason) -> [Endpoint] {
        let endpoints = try list("endpoints") { fields throws(Reason) in try fields.endpoint() } ?? []
        guard Set(endpoints.map(\.key)).count == endpoints.count else { throw .wrong("endpoints.id") }
        return endpoints
    }

    private func endpoint() throws(Reason) -> Endpoint {
        let key = try required("id", EndpointKey.init(json:))
        _ = try required("kind") { String(json: $0) == key.kind.rawValue ? key.kind : nil }
        var endpoint = Endpoint(key, at: try required("first", Timestamp.init(json:)))
        endpoint.last = try required("last", Timestamp.init(json:))
        endpoint.name = try optional("name", String.init(json:))
        endpoint.isAmbiguous = try optional("ambiguous", Bool.init(json:)) ?? false
        if self["container"] != nil { endpoint.container = try container() }
        endpoint.addresses = try optional("ip", [IPAddress].init(json:)) ?? []
        endpoint.hasMoreAddresses = try optional("more_ip", Bool.init(json:)) ?? false
        return endpoint
    }

    /// An edge, and its rate where that was told.
    struct ToldEdge {
        let key: EdgeKey
        let edge: Edge
        let rate: EdgeRate?
    }

    /// Those under `edges`, each once.
    func edges() throws(Reason) -> [ToldEdge] {
        let edges = try list("edges") { fields throws(Reason) in
            var edge = Edge(
                first: try fields.required("first", Timestamp.init(json:)),
                last: try fields.required("last", Timestamp.init(json:))
            )
            edge.counts = try fields.counts()
            for asked in try fields.published() { edge.note(asked) }
            let rate = fields["rate"] == nil ? nil : try fields.object("rate").rate()
            return ToldEdge(key: try fields.edgeKey(), edge: edge, rate: rate)
        }
        guard let edges else { return [] }
        guard Set(edges.map(\.key)).count == edges.count else { throw .wrong("edges.source") }
        return edges
    }

    /// Those under `minutes`, in their order, each once.
    func minutes() throws(Reason) -> [GraphMinute] {
        let minutes = try list("minutes") { fields throws(Reason) in
            var counted: [EdgeKey: EdgeCounts] = [:]
            let edges = try fields.list("edges") { edge throws(Reason) in (try edge.edgeKey(), try edge.counts()) }
            for (key, counts) in edges ?? [] {
                guard counted.updateValue(counts, forKey: key) == nil else { throw .wrong("minutes.edges.source") }
            }
            return GraphMinute(
                start: try fields.required("start", Timestamp.init(json:)),
                edges: counted,
                containers: [:]
            )
        }
        guard let minutes else { return [] }
        guard Set(minutes.map(\.start)).count == minutes.count else { throw .wrong("minutes.start") }
        return minutes
    }

    private func published() throws(Reason) -> [PublishedAddress] {
        try list("published") { fields throws(Reason) in
            PublishedAddress(
                address: try fields.required("ip", IPAddress.init(json:)),
                port: try fields.required("port", UInt16.init(json:))
            )
        } ?? []
    }

    private func edgeKey() throws(Reason) -> EdgeKey {
        EdgeKey(
            try required("source", EndpointKey.init(json:)),
            try required("destination", EndpointKey.init(json:)),
            protocolNumber: try required("iana_number", UInt8.init(json:)),
            port: try optional("port", UInt16.init(json:))
        )
    }

    private func counts() throws(Reason) -> EdgeCounts {
        var counts = EdgeCounts()
        counts.flows = try required("flows", UInt64.init(json:))
        counts.failures = try optional("failures", UInt64.init(json:)) ?? 0
        counts.sourcePackets = try required("source_packets", UInt64.init(json:))
        counts.sourceBytes = try required("source_bytes", UInt64.init(json:))
        counts.destinationPackets = try required("destination_packets", UInt64.init(json:))
        counts.destinationBytes = try required("destination_bytes", UInt64.init(json:))
        return counts
    }

    private func rate() throws(Reason) -> EdgeRate {
        var rate = EdgeRate()
        rate.second = try object("1s").amounts()
        rate.tenSeconds = try object("10s").amounts()
        rate.minute = try object("1m").amounts()
        return rate
    }

    private func amounts() throws(Reason) -> EdgeRate.Amounts {
        EdgeRate.Amounts(
            packets: try required("packets", UInt64.init(json:)),
            bytes: try required("bytes", UInt64.init(json:))
        )
    }

    func folding() throws(Reason) -> GraphFolding {
        var folding = GraphFolding()
        folding.outside = try optional("outside", UInt64.init(json:)) ?? 0
        folding.endpoints = try optional("endpoints", UInt64.init(json:)) ?? 0
        folding.edges = try optional("edges", UInt64.init(json:)) ?? 0
        folding.services = try optional("services", UInt64.init(json:)) ?? 0
        folding.open = try optional("open", UInt64.init(json:)) ?? 0
        folding.tunnelEnds = try optional("tunnel_ends", UInt64.init(json:)) ?? 0
        return folding
    }
}

extension EndpointKey {
    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self.init(text)
    }
}

extension [IPAddress] {
    init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self = []
        for element in elements {
            guard let address = IPAddress(json: element) else { return nil }
            append(address)
        }
    }
}
