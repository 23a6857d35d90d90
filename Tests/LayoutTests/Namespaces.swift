import Graph

/// 142 services of 7 namespaces, with degrees as a cluster has them: a few that many call, many that call two or three,
/// four in five calls within a namespace. The same in every run.
enum Namespaces {
    static func graph(services: Int = 142, calls: Int = 198) -> FoldedGraph {
        var generator = SeededGenerator(7)
        let names = (0..<services).map { "ns\($0 % 7)-service\($0 / 7)" }
        var edges: [FoldedEdgeKey: FoldedEdge] = [:]
        // Every service has a tier; calls go to a deeper one, one in thirty comes back.
        let tiers = names.indices.map { _ in Int.random(in: 0..<6, using: &generator) }
        while edges.count < calls {
            let caller = Int.random(in: 0..<services, using: &generator)
            // The square of an even distribution: low numbers are called far more often.
            let place = Double(UInt64.random(in: 0..<1_000_000, using: &generator)) / 1_000_000
            var callee = Int(place * place * Double(services))
            if Int.random(in: 0..<5, using: &generator) > 0 { callee = callee / 7 * 7 + caller % 7 }
            guard callee < services, callee != caller else { continue }
            let isBack = Int.random(in: 0..<30, using: &generator) == 0
            guard isBack || tiers[callee] > tiers[caller] else { continue }
            var edge = FoldedEdge.between(names[caller], names[callee])
            edge.rate = 1e3 * Double(UInt64.random(in: 1...1000, using: &generator)) / (1 - place + 0.01)
            edges[edge.key] = edge
        }
        return .made(names, Array(edges.values))
    }
}
