import Addressing
import Containers
import Graph
import Records

/// What is known of edges and of whom they join, as facts.
enum EdgeDetail {
    /// Of one edge of the graph.
    static func fields(of key: EdgeKey, in snapshot: Snapshot, zone: Int) -> [DetailField] {
        var fields = [
            DetailField("from", name(key.source, snapshot)), DetailField("to", name(key.destination, snapshot)),
        ]
        let keyword = EdgeText.word(of: key.protocolNumber)
        fields.append(DetailField("service", key.port.map { "\($0)/\(keyword)" } ?? keyword))
        guard let edge = snapshot.graph.edges[key] else { return fields + [DetailField("now", "gone", .warning)] }
        let counts = edge.counts
        fields.append(DetailField("connections", AmountText.count(counts.flows)))
        if counts.failures > 0 {
            fields.append(
                DetailField(
                    "failed",
                    "\(AmountText.count(counts.failures)) of \(AmountText.count(counts.flows))",
                    .warning
                )
            )
        }
        fields += sums(counts)
        fields.append(DetailField("a second", rate(snapshot.rates[key])))
        fields.append(DetailField("first", TimeText.clock(edge.first, zone: zone)))
        fields.append(DetailField("last", TimeText.clock(edge.last, zone: zone)))
        for asked in edge.published {
            fields.append(
                DetailField(
                    "asked for as",
                    asked.address.isIPv6 ? "[\(asked.address)]:\(asked.port)" : "\(asked.address):\(asked.port)"
                )
            )
        }
        return fields
    }

    /// What went each way.
    static func sums(_ counts: EdgeCounts) -> [DetailField] {
        func text(_ packets: UInt64, _ bytes: UInt64) -> String {
            "\(AmountText.count(packets)) packets, \(AmountText.count(bytes)) bytes"
        }
        return [
            DetailField("sent", text(counts.sourcePackets, counts.sourceBytes)),
            DetailField("answered", text(counts.destinationPackets, counts.destinationBytes)),
        ]
    }

    private static func rate(_ rate: EdgeRate?) -> String {
        guard let rate else { return AmountText.unknown }
        let spans = [("1 s", rate.second), ("10 s", rate.tenSeconds), ("60 s", rate.minute)]
        return spans.map {
            "\(RateText.text(Double($1.bytes)))B and \(AmountText.count($1.packets)) packets over \($0)"
        }
        .joined(separator: ", ")
    }

    static func name(_ key: EndpointKey, _ snapshot: Snapshot) -> String {
        snapshot.graph.endpoints[key]?.name ?? (key.name.isEmpty ? key.kind.rawValue : key.name)
    }

    /// Of one end of the graph.
    static func fields(of key: EndpointKey, in snapshot: Snapshot, zone: Int) -> [DetailField] {
        guard let endpoint = snapshot.graph.endpoints[key] else {
            return [DetailField("end", key.description), DetailField("now", "gone", .warning)]
        }
        var fields = [DetailField("name", name(key, snapshot)), DetailField("kind", key.kind.rawValue)]
        if endpoint.isAmbiguous {
            fields.append(DetailField("who", "one of several, and nobody can say which", .warning))
        }
        if let container = endpoint.container { fields += ContainerDetail.fields(of: container) }
        let addresses = endpoint.addresses.map { "\($0)" }.joined(separator: ", ")
        if !addresses.isEmpty {
            fields.append(DetailField("addresses", addresses + (endpoint.hasMoreAddresses ? " and more" : "")))
        }
        fields.append(DetailField("first", TimeText.clock(endpoint.first, zone: zone)))
        fields.append(DetailField("last", TimeText.clock(endpoint.last, zone: zone)))
        fields += edges(of: key, in: snapshot)
        return fields
    }

    /// The most edges that are listed each way.
    private static var limit: Int { 100 }

    private static func edges(of key: EndpointKey, in snapshot: Snapshot) -> [DetailField] {
        var incoming: [(EdgeKey, Edge)] = []
        var outgoing: [(EdgeKey, Edge)] = []
        for (edgeKey, edge) in snapshot.graph.edges {
            if edgeKey.source == key { outgoing.append((edgeKey, edge)) }
            if edgeKey.destination == key { incoming.append((edgeKey, edge)) }
        }
        func list(_ title: String, _ edges: [(EdgeKey, Edge)], _ other: (EdgeKey) -> EndpointKey) -> [DetailField] {
            guard !edges.isEmpty else { return [] }
            let sorted = edges.sorted {
                $0.1.counts.bytes != $1.1.counts.bytes ? $0.1.counts.bytes > $1.1.counts.bytes : $0.0 < $1.0
            }
            var fields = [DetailField.heading("\(title) \(edges.count)")]
            for (edgeKey, edge) in sorted.prefix(limit) {
                let keyword = TransportKeyword.of(edgeKey.protocolNumber) ?? "\(edgeKey.protocolNumber)"
                let service = edgeKey.port.map { "\($0)/\(keyword)" } ?? keyword
                let failures = edge.counts.failures > 0 ? ", \(edge.counts.failures) failed" : ""
                let text =
                    "\(name(other(edgeKey), snapshot))  \(AmountText.bytes(edge.counts.bytes)), \(edge.counts.flows) connections\(failures)"
                fields.append(DetailField(service, text, failures.isEmpty ? .plain : .warning))
            }
            if edges.count > limit { fields.append(DetailField("", "\(edges.count - limit) more", .quiet)) }
            return fields
        }
        return list("in", incoming, \.source) + list("out", outgoing, \.destination)
    }
}
