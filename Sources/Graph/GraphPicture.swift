package import Addressing

/// A graph as it stands: what is drawn, told and compared. A value: only who follows a graph changes his own.
package struct GraphPicture: Hashable, Sendable {
    package internal(set) var endpoints: [EndpointKey: Endpoint]
    package internal(set) var edges: [EdgeKey: Edge]
    /// Hosts that tunnels were seen between.
    package let tunnelEnds: [IPAddress: TunnelEnd]
    /// The last minutes in which anything was counted, oldest first.
    package internal(set) var minutes: [GraphMinute]
    package let folding: GraphFolding

    package init(
        endpoints: [EndpointKey: Endpoint],
        edges: [EdgeKey: Edge],
        tunnelEnds: [IPAddress: TunnelEnd] = [:],
        minutes: [GraphMinute],
        folding: GraphFolding
    ) {
        self.endpoints = endpoints
        self.edges = edges
        self.tunnelEnds = tunnelEnds
        self.minutes = minutes
        self.folding = folding
    }

    /// A graph of minutes that were kept: edges have what was counted in those, and their first and last minute for times.
    package init(minutes: [GraphMinute], endpoints known: [EndpointKey: Endpoint]) {
        var edges: [EdgeKey: Edge] = [:]
        for minute in minutes {
            for (key, counts) in minute.edges where !counts.isZero {
                edges[key, default: Edge(first: minute.start, last: minute.start)]
                    .add(counts, from: minute.start, to: minute.start)
            }
        }
        let ends = Set(edges.keys.flatMap { [$0.source, $0.destination] })
        self.init(
            endpoints: known.filter { ends.contains($0.key) },
            edges: edges,
            minutes: minutes,
            folding: GraphFolding()
        )
    }
}
