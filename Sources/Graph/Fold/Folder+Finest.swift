extension Folder {
    /// The finest folding from service on that fits, as `FinestSearch` has it.
    package mutating func finest(_ view: FoldView, fits: (FoldedGraph) -> Fit) -> Folding {
        var search = FinestSearch(view)
        while true {
            if let folding = search.step(&self, fits: fits) { return folding }
        }
    }

    /// The same where all that counts is how many rows there is room for.
    package mutating func finest(_ view: FoldView, rows: Int) -> Folding {
        finest(view) { $0.rows.count <= rows ? .whole : .no }
    }

    /// How many of a graph's edges go from one namespace, segment or level to another, of those that have both ends in one; 0 to 1.
    ///
    /// Those of hubs, as resolvers and scrapers are, say nothing: they go everywhere, and are hardly ever drawn.
    package func crossingShare(of graph: FoldedGraph, at rung: Rung) -> Double {
        var (all, crossing) = (0, 0)
        var callers: [FoldedEdgeKey: Int] = [:]
        var callees: [RowKey: Set<RowKey>] = [:]
        for edge in graph.edges {
            callers[edge.key.ofAll, default: 0] += 1
            callees[edge.key.source, default: []].insert(edge.key.destination)
        }
        let hub = HubSize.least(rows: graph.rows.count)
        for edge in graph.edges {
            if Double(callers[edge.key.ofAll] ?? 0) >= hub || Double(callees[edge.key.source]?.count ?? 0) >= hub {
                continue
            }
            guard let member = edge.members.first, let source = place(of: member.source, rung),
                let destination = place(of: member.destination, rung)
            else { continue }
            all += 1
            if source != destination { crossing += 1 }
        }
        return all == 0 ? 0 : Double(crossing) / Double(all)
    }

    /// Nil where nobody knows, and for what is not a place but the lack of one.
    private func place(of end: EndpointKey, _ rung: Rung) -> RowKey? {
        guard let key = row(of: end, at: rung), !key.name.hasPrefix(":") else { return nil }
        return key
    }
}

extension FoldedEdgeKey {
    /// The service, whoever calls it.
    fileprivate var ofAll: Self { Self(destination, destination, protocolNumber: protocolNumber, port: port) }
}
