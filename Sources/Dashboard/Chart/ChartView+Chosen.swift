import Graph
import Layout

/// What is drawn, by key, and what of it is chosen.
extension ChartView {
    func row(_ key: RowKey?) -> FoldedRow? { key.flatMap { places[$0] }.map { folded.rows[$0] } }

    /// Edges of a row, heaviest first.
    func edges(of key: RowKey) -> [FoldedEdge] {
        folded.edges.filter { $0.key.source == key || $0.key.destination == key }.sorted(by: FoldedEdge.isHeavier)
    }

    /// The row that an end is in; nil where it is not drawn.
    func row(of end: EndpointKey) -> FoldedRow? {
        for rung in Rung.ladder {
            if let key = folder.row(of: end, at: rung), let row = row(key), row.members.contains(end) { return row }
        }
        return nil
    }

    var chosenEdge: FoldedEdge? { choices.edge.flatMap { key in folded.edges.first { $0.key == key } } }

    /// The paths that are shown, and the one that is chosen of them.
    var paths: RowPaths? { choices.path.map { RowPaths(from: $0.from, to: $0.to, in: folded) } }

    var shownPath: [FoldedEdge]? {
        guard let choice = choices.path, let paths, !paths.paths.isEmpty else { return nil }
        return paths.paths[min(choice.index, paths.paths.count - 1)]
    }
}
