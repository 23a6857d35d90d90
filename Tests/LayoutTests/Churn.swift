import Graph

/// A graph whose edges come and go: each second 4 % of them fall silent, or speak again; every 5 s there is a new pair. Who
/// fell silent stays for 30 s as gone, as the graph keeps it.
struct Churn {
    private let base: FoldedGraph
    private var edges: [FoldedEdge]
    private var silentSince: [FoldedEdgeKey: Int] = [:]
    private var generator: SeededGenerator
    private(set) var second = 0
    private let holds: Int

    init(_ graph: FoldedGraph, seed: UInt64, holds: Int = 30) {
        base = graph
        edges = graph.edges
        generator = SeededGenerator(seed)
        self.holds = holds
    }

    mutating func next() -> FoldedGraph {
        second += 1
        for edge in edges where Int.random(in: 0..<25, using: &generator) == 0 {
            if silentSince[edge.key] == nil { silentSince[edge.key] = second } else { silentSince[edge.key] = nil }
        }
        if second.isMultiple(of: 5), let source = base.rows.randomElement(using: &generator),
            let target = base.rows.randomElement(using: &generator), source.key != target.key
        {
            var edge = FoldedEdge(FoldedEdgeKey(source.key, target.key, protocolNumber: 6, port: 7), members: [])
            edge.rate = 1e5
            if !edges.contains(where: { $0.key == edge.key }) { edges.append(edge) }
        }
        var graph = base
        graph.edges = edges.compactMap { edge in
            guard let since = silentSince[edge.key] else { return edge }
            guard second - since < holds else { return nil }
            var gone = edge
            gone.standing = .gone
            return gone
        }.sorted { $0.key < $1.key }
        return graph
    }
}
