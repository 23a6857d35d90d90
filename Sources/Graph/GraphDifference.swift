import Addressing

/// What is otherwise in one window than in another.
package struct GraphDifference: Hashable, Sendable {
    /// Edges that only the later window has, in order.
    package let new: [EdgeKey]
    /// Edges that only the earlier one has.
    package let gone: [EdgeKey]
    /// Edges of both whose bytes or failures changed by more than the factor that was asked for.
    package let changed: [EdgeKey]

    /// Compares by edge. `factor` is how many times as much, or as little, is a change; at least 1.
    package init(from earlier: [EdgeKey: EdgeCounts], to later: [EdgeKey: EdgeCounts], factor: Double = 2) {
        let factor = max(1, factor)
        new = later.keys.filter { earlier[$0] == nil }.sorted()
        gone = earlier.keys.filter { later[$0] == nil }.sorted()
        changed = later.compactMap { key, counts in
            guard let before = earlier[key] else { return nil }
            return Self.isChanged(before, counts, factor: factor) ? key : nil
        }.sorted()
    }

    package var isEmpty: Bool { new.isEmpty && gone.isEmpty && changed.isEmpty }

    /// Whether what was counted in a window is far from what was in an earlier one. Where windows are not equally long, bytes are
    /// compared by the second.
    static func isChanged(
        _ earlier: EdgeCounts,
        _ later: EdgeCounts,
        of seconds: (earlier: Double, later: Double) = (1, 1),
        factor: Double
    ) -> Bool {
        let (before, now) = (Double(earlier.bytes) / seconds.earlier, Double(later.bytes) / seconds.later)
        return max(before, now) > min(before, now) * factor || (earlier.failures == 0) != (later.failures == 0)
    }
}

extension GraphPicture {
    /// What was counted in those of the last minutes that begin in a span of nanoseconds since 1970.
    package func window(_ span: Range<Int64>) -> [EdgeKey: EdgeCounts] {
        var sum: [EdgeKey: EdgeCounts] = [:]
        for minute in minutes where span.contains(minute.start.nanoseconds) {
            for (key, counts) in minute.edges { sum[key] = (sum[key] ?? EdgeCounts()) + counts }
        }
        return sum
    }

    /// What was counted since the graph began.
    package var whole: [EdgeKey: EdgeCounts] { edges.mapValues(\.counts) }
}
