import Graph
import Layout
import Terminal

/// What stands before the arrows: all that arrives there, together.
extension ChartView {
    func drawLabels(on grid: inout CellGrid, in area: ScreenArea) {
        guard choices.lens != .none, layout.labelWidth > 0 else { return }
        var arrivals: [ChartPoint: [Int]] = [:]
        for line in layout.lines where !line.isBack {
            if let head = line.points.last { arrivals[head, default: []] += line.edges }
        }
        for (head, edges) in arrivals {
            let text = label(edges.map { folded.edges[$0] })
            let isAlerted = edges.contains { alertedEdges[folded.edges[$0].key] != nil }
            let width = min(DisplayWidth().of(text), layout.labelWidth - 1)
            let (row, column) = (head.y - choices.firstLine, head.x - layout.firstColumn - width)
            guard isAlerted || !text.isEmpty, row >= 0, column > 0 else { continue }
            area.put(isAlerted ? "!" : " ", on: &grid, row: row, column: column - 1, isAlerted ? .crossing : .plain)
            area.put(text, on: &grid, row: row, column: column, .plain, limit: layout.labelWidth - 1)
        }
    }

    private func label(_ edges: [FoldedEdge]) -> String {
        switch choices.lens {
        case .rate:
            let rates = edges.compactMap(\.rate)
            guard !rates.isEmpty else { return "" }
            return (edges.contains(where: \.isLowerBound) ? ">" : "") + RateText.text(rates.reduce(0, +))
        case .port:
            let ports = Set(edges.compactMap(\.key.port))
            guard let port = ports.min() else { return "" }
            return ports.count > 1 ? "\(ports.count) pts" : ":\(port)"
        case .overlay:
            let overlays = Set(edges.compactMap(\.overlay))
            guard let overlay = overlays.min() else { return "" }
            return overlays.count > 1 ? "\(overlays.count) ovl" : overlay
        case .none: return ""
        }
    }
}
