import Graph

/// Leaves quiet edges out where a chart is a tangle: those that carry most are drawn, until 99 % of all bytes are.
struct InkBudget: Hashable, Sendable {
    static let share = 0.99

    private var isSpending = false

    struct Result {
        /// Into the edges of the graph.
        var drawn: [Int]
        var hidden = 0
        /// Of all bytes, what those drawn carry.
        var share = 1.0
    }

    /// - Returns: whether it was not on before.
    mutating func start() -> Bool {
        defer { isSpending = true }
        return !isSpending
    }

    /// Crossings and what is dropped come first, whatever they carry.
    func spend(_ drawn: [Int], _ graph: FoldedGraph) -> Result {
        guard isSpending else { return Result(drawn: drawn) }
        func weight(_ index: Int) -> Double { graph.edges[index].rate ?? Double(graph.edges[index].counts.bytes) }
        func isFirst(_ index: Int) -> Bool { graph.edges[index].isCrossing || graph.edges[index].isDropped }
        let total = drawn.reduce(0) { $0 + weight($1) }
        let ranked = drawn.sorted { left, right in
            if isFirst(left) != isFirst(right) { return isFirst(left) }
            let weights = (weight(left), weight(right))
            return weights.0 != weights.1 ? weights.0 > weights.1 : left < right
        }
        var sum = 0.0
        var chosen: [Int] = []
        for index in ranked where isFirst(index) || sum < total * Self.share {
            chosen.append(index)
            sum += weight(index)
        }
        chosen.sort()
        return Result(drawn: chosen, hidden: drawn.count - chosen.count, share: total > 0 ? sum / total : 1)
    }
}
