import Graph
import Layout

/// How strongly an edge is drawn where no layout says so: by its share of the heaviest, as charts do.
extension LineClass {
    init(_ edge: FoldedEdge, heaviest: Double) {
        if edge.isCrossing {
            self = .crossing
        } else if edge.standing == .gone {
            self = .gone
        } else {
            self.init(share: heaviest > 0 ? Self.weight(edge) / heaviest : 0)
        }
    }

    static func heaviest(of graph: FoldedGraph) -> Double { graph.edges.map(weight).max() ?? 0 }

    private static func weight(_ edge: FoldedEdge) -> Double { edge.rate ?? Double(edge.counts.bytes) }
}
