import Containers
import Graph
import Terminal

/// What is known of the row or the edge that is chosen, below the chart.
extension Dashboard {
    func drawDetails(on grid: inout CellGrid, in area: ScreenArea) {
        guard area.height > 0 else { return }
        if let path = chart.shownPath { return drawPath(path, on: &grid, in: area) }
        if chart.chosenEdge != nil { return drawEdge(on: &grid, in: area) }
        guard let row = chart.row(chart.choices.selection) else {
            guard chart.choices.selection == nil else {
                area.put("gone", on: &grid, row: 0, column: 1, .quiet)
                return
            }
            return drawHeaviest(on: &grid, in: area)
        }
        area.rule(facts(of: row), on: &grid, row: 0)
        for (line, edge) in chart.edges(of: row.key).prefix(area.height - 1).enumerated() {
            let isIn = edge.key.destination == row.key
            let other = chart.row(isIn ? edge.key.source : edge.key.destination)?.name ?? ""
            let words = [
                isIn ? "in " : "out", pad(EdgeText.service(edge.key), 10), pad(EdgeText.amount(edge), 7), other,
            ]
            let text = (words + remarks(edge)).joined(separator: "  ")
            area.put(text, on: &grid, row: line + 1, column: 1, role(of: edge))
        }
    }

    /// Where nothing is chosen: which edges carry most, in words, as lines say it only roughly.
    private func drawHeaviest(on grid: inout CellGrid, in area: ScreenArea) {
        let edges = chart.heaviest.prefix(area.height - 1)
        guard let first = edges.first, edges.count > 1 else { return }
        let unit = first.rate == nil ? "bytes" : "bytes a second"
        area.rule("heaviest of \(chart.folded.edges.count) edges, \(unit) both ways", on: &grid, row: 0)
        for (line, edge) in edges.enumerated() {
            let words = [pad(EdgeText.amount(edge), 7), EdgeText.title(edge, chart, grid.glyphs)]
            let text = (words + remarks(edge)).joined(separator: "  ")
            area.put(text, on: &grid, row: line + 1, column: 1, role(of: edge))
        }
    }

    private func remarks(_ edge: FoldedEdge) -> [String] {
        EdgeText.remarks(edge, rules: chart.alertedEdges[edge.key] ?? [])
    }

    private func role(of edge: FoldedEdge) -> Role {
        edge.isCrossing ? .crossing : chart.alertedEdges[edge.key] == nil ? .plain : .warning
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - DisplayWidth().of(text), 0))
    }

    private func facts(of row: FoldedRow) -> String {
        guard let snapshot = shown else { return row.name }
        var words = [row.name]
        if row.members.count > 1 { words.append("\(row.members.count) ends") }
        if let level = row.level { words.append(level.name) }
        let ends = row.members.prefix(64).compactMap { snapshot.graph.endpoints[$0] }
        if let image = ends.lazy.compactMap({ $0.container?.description.image }).first {
            words.append("image \(image)")
        }
        let addresses = ends.flatMap(\.addresses)
        if let first = addresses.first {
            words.append(addresses.count > 1 ? "\(first) and \(addresses.count - 1) more" : "\(first)")
        }
        let rules = row.members.reduce(into: Set<String>()) { $0.formUnion(chart.alerted.ends[$1] ?? []) }
        words += rules.sorted().prefix(4).map { "! \($0)" }
        if row.mark == .unsure { words.append("? who it is nobody knows for sure") }
        return words.joined(separator: "  ")
    }

    func drawEdge(on grid: inout CellGrid, in area: ScreenArea) {
        guard let edge = chart.chosenEdge else { return }
        area.rule("edge " + EdgeText.title(edge, chart, grid.glyphs), on: &grid, row: 0)
        let counts = edge.counts
        let sums =
            "\(EdgeText.word(of: edge.key.protocolNumber))  \(counts.flows) connection\(counts.flows == 1 ? "" : "s")  "
            + "\(RateText.text(Double(counts.sourceBytes)))B there \(RateText.text(Double(counts.destinationBytes)))B back  "
            + "\(counts.packets) packets"
        area.put(sums, on: &grid, row: 1, column: 1)
        area.put(remarks(edge).joined(separator: "  "), on: &grid, row: 2, column: 1, .warning)
        if let overlay = edge.overlay { area.put("over \(overlay)", on: &grid, row: 3, column: 1) }
    }

    private func drawPath(_ path: [FoldedEdge], on grid: inout CellGrid, in area: ScreenArea) {
        area.rule("path, \(path.count) hops", on: &grid, row: 0)
        var column = 1
        for (index, edge) in path.enumerated() {
            let source = chart.row(edge.key.source)?.name ?? edge.key.source.name
            if index == 0 { column += area.put(source, on: &grid, row: 1, column: column, .heading) }
            let line = " \(edge.isCrossing ? "=" : "-")\(EdgeText.service(edge.key)) \(EdgeText.amount(edge))> "
            column += area.put(line, on: &grid, row: 1, column: column, edge.isCrossing ? .crossing : .plain)
            let destination = chart.row(edge.key.destination)?.name ?? edge.key.destination.name
            column += area.put(destination, on: &grid, row: 1, column: column, .heading)
        }
    }
}
