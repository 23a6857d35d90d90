/// One row in the middle: who calls it, and whom it calls, by what goes over.
package struct RowFocus: Hashable, Sendable {
    package let row: RowKey
    /// Edges for each service, heaviest first.
    package let callers: [FoldedEdge]
    package let callees: [FoldedEdge]
    /// Edges with a hub at the other end, either way.
    package let hubs: [FoldedEdge]

    /// `isHub` says which of this row's edges lead to or from one.
    package init(on row: RowKey, in graph: FoldedGraph, isHub: (FoldedEdge) -> Bool = { _ in false }) {
        self.row = row
        var (callers, callees, hubs): ([FoldedEdge], [FoldedEdge], [FoldedEdge]) = ([], [], [])
        for edge in graph.edges {
            let isCaller = edge.key.destination == row
            guard isCaller || edge.key.source == row else { continue }
            if isHub(edge) { hubs.append(edge) } else if isCaller { callers.append(edge) } else { callees.append(edge) }
        }
        self.callers = callers.sorted(by: FoldedEdge.isHeavier)
        self.callees = callees.sorted(by: FoldedEdge.isHeavier)
        self.hubs = hubs.sorted(by: FoldedEdge.isHeavier)
    }
}

extension FoldedEdge {
    /// By rate, or where none is known by bytes, then by key: the same in every run.
    package static func isHeavier(_ left: FoldedEdge, _ right: FoldedEdge) -> Bool {
        if left.rate != right.rate { return (left.rate ?? -1) > (right.rate ?? -1) }
        if left.rate == nil, left.counts.bytes != right.counts.bytes { return left.counts.bytes > right.counts.bytes }
        return left.key < right.key
    }
}
