import Layout
import Graph
import Terminal

/// One row in the middle: who calls it on the left, whom it calls on the right, by what goes over.
struct FocusView {
    let row: FoldedRow
    let focus: RowFocus
    private let names: [RowKey: FoldedRow]
    private let chosen: FoldedEdgeKey?
    private let alerted: Set<FoldedEdgeKey>

    init(_ chart: ChartView, on key: RowKey) {
        row = chart.row(key) ?? FoldedRow(key, name: key.name, members: [])
        var hubs: Set<RowKey> = []
        for hub in chart.layout.hubs where hub.key.row != key { hubs.insert(hub.key.row) }
        focus = RowFocus(on: key, in: chart.folded) { edge in
            hubs.contains(edge.key.source == key ? edge.key.destination : edge.key.source)
        }
        names = Dictionary(chart.folded.rows.map { ($0.key, $0) }) { first, _ in first }
        chosen = chart.choices.edge
        alerted = Set(chart.alertedEdges.keys)
    }

    /// Edges of a side, hubs at its end.
    func edges(onCallees: Bool) -> [FoldedEdge] {
        let own = onCallees ? focus.callees : focus.callers
        return own + focus.hubs.filter { onCallees ? $0.key.source == row.key : $0.key.destination == row.key }
    }

    func draw(on grid: inout CellGrid, in area: ScreenArea) {
        let glyphs = grid.glyphs
        let text = RowText(row, glyphs: glyphs)
        let boxWidth = min(max(DisplayWidth().of(text.text) + 4, 12), max(area.width / 3, 12))
        let side = max((area.width - boxWidth) / 2 - 1, 8)
        let middle = min(max(area.height / 2, 2), max(area.height - 2, 2))
        drawBox(text, on: &grid, in: area.part(top: max(middle - 1, 0), left: side + 1, width: boxWidth, height: 3))
        let (callers, callees) = (edges(onCallees: false), edges(onCallees: true))
        area.put(" in \(callers.count)", on: &grid, row: 0, .heading)
        area.put("\(callees.count) out", on: &grid, row: 0, column: side + boxWidth + 2, .heading)
        list(callers, isCallee: false, on: &grid, in: area.part(top: 1, width: side))
        list(callees, isCallee: true, on: &grid, in: area.part(top: 1, left: side + boxWidth + 2))
    }

    private func drawBox(_ text: RowText, on grid: inout CellGrid, in area: ScreenArea) {
        let isPlain = grid.glyphs == .ascii
        let (corners, flat, side): ([String], String, String) =
            isPlain
            ? (["+", "+", "+", "+"], "-", "|") : (["┌", "┐", "└", "┘"], "─", "│")
        let inner = max(area.width - 2, 0)
        let rule = String(repeating: flat, count: inner)
        area.put(corners[0] + rule + corners[1], on: &grid, row: 0, .quiet)
        area.put(side, on: &grid, row: 1, .quiet)
        area.put(side, on: &grid, row: 1, column: area.width - 1, .quiet)
        area.put(corners[2] + rule + corners[3], on: &grid, row: 2, .quiet)
        text.put(on: &grid, in: area, row: 1, column: 2, width: inner - 1)
    }

    /// As many as there is room for, from the chosen one's page on.
    private func list(_ edges: [FoldedEdge], isCallee: Bool, on grid: inout CellGrid, in area: ScreenArea) {
        guard area.height > 0 else { return }
        let index = edges.firstIndex { $0.key == chosen } ?? 0
        let first = edges.count <= area.height ? 0 : min(max(index - area.height / 2, 0), edges.count - area.height)
        for (line, edge) in edges.dropFirst(first).prefix(area.height).enumerated() {
            draw(edge, isCallee: isCallee, on: &grid, in: area, row: line)
            if edge.key == chosen { area.select(row: line, on: &grid) }
        }
    }

    private func draw(_ edge: FoldedEdge, isCallee: Bool, on grid: inout CellGrid, in area: ScreenArea, row: Int) {
        let isPlain = grid.glyphs == .ascii
        let other = isCallee ? edge.key.destination : edge.key.source
        let isAlerted = alerted.contains(edge.key)
        let (flat, mark) = (isPlain ? "-" : "─", isAlerted ? "!" : isPlain ? "-" : "─")
        let line = edge.isCrossing ? (isPlain ? "xxx" : "═══") : flat + mark + flat
        let head = edge.isDropped ? "#" : (isPlain ? ">" : "►")
        let rate = EdgeText.amount(edge)
        let port = EdgeText.service(edge.key)
        let role: Role = edge.isCrossing ? .crossing : isAlerted ? .warning : edge.standing == .gone ? .quiet : .plain
        let name = names[other].map { RowText($0, glyphs: grid.glyphs) }
        if isCallee {
            let column = area.put("\(line) \(rate) \(port) \(head)", on: &grid, row: row, role)
            name?.put(on: &grid, in: area, row: row, column: column, width: area.width - column)
        } else {
            let tail = " \(line) \(rate) \(port) \(head)"
            let width = min(DisplayWidth().of(tail), area.width)
            let room = area.width - width
            let own = min(name.map { DisplayWidth().of($0.text) } ?? 0, room)
            name?.put(on: &grid, in: area, row: row, column: max(room - own, 0), width: own)
            area.put(tail, on: &grid, row: row, column: room, role)
        }
    }
}
