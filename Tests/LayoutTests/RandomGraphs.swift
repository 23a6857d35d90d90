import Graph

/// SplitMix64: the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension FoldedGraph {
    /// Rows by name, edges by places in that list.
    static func made(_ names: [String], _ edges: [FoldedEdge]) -> FoldedGraph {
        FoldedGraph(
            rung: .service,
            rows: names.sorted().map {
                FoldedRow(RowKey(.service, $0), name: $0, members: [EndpointKey(.container, $0)])
            },
            edges: edges.sorted { $0.key < $1.key }
        )
    }

    /// Cycles, edges both ways and several services between two rows included.
    static func random(
        _ seed: UInt64,
        nodes: ClosedRange<Int> = 12...30,
        edges: ClosedRange<Int> = 16...90
    ) -> FoldedGraph {
        var generator = SeededGenerator(seed)
        let count = Int.random(in: nodes, using: &generator)
        let names = (0..<count).map { "n" + String(100 + $0) }
        var made: [FoldedEdgeKey: FoldedEdge] = [:]
        for _ in 0..<Int.random(in: edges, using: &generator) {
            let ends = (Int.random(in: 0..<count, using: &generator), Int.random(in: 0..<count, using: &generator))
            guard ends.0 != ends.1 else { continue }
            var edge = FoldedEdge.between(
                names[ends.0],
                names[ends.1],
                port: UInt16.random(in: 1...3, using: &generator)
            )
            edge.rate = Double(UInt64.random(in: 1...1_000_000, using: &generator))
            edge.isCrossing = Int.random(in: 0..<20, using: &generator) == 0
            edge.isDropped = Int.random(in: 0..<30, using: &generator) == 0
            edge.standing = Int.random(in: 0..<15, using: &generator) == 0 ? .gone : .present
            made[edge.key] = edge
        }
        return .made(names, Array(made.values))
    }
}

extension FoldedEdge {
    static func between(_ source: String, _ destination: String, port: UInt16 = 80) -> FoldedEdge {
        FoldedEdge(
            FoldedEdgeKey(RowKey(.service, source), RowKey(.service, destination), protocolNumber: 6, port: port),
            members: []
        )
    }
}
