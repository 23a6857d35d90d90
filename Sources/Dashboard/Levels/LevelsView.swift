import Graph
import Terminal

/// Who may talk to whom at a glance: a matrix of levels, or of namespaces or segments.
struct LevelsView {
    var rung = Rung.level
    private var first = (row: 0, column: 0)

    static let rungs: [Rung] = [.level, .namespace, .segment]

    mutating func changeRung(isFiner: Bool) {
        let index = Self.rungs.firstIndex(of: rung) ?? 0
        rung = Self.rungs[min(max(index + (isFiner ? 1 : -1), 0), Self.rungs.count - 1)]
        first = (0, 0)
    }

    mutating func scroll(rows: Int, columns: Int) {
        first = (max(first.row + rows, 0), max(first.column + columns, 0))
    }

    private static let width = 15

    func draw(_ chart: ChartView, on grid: inout CellGrid, in area: ScreenArea) {
        let matrix = LevelMatrix(of: chart.folded, by: rung, chart.folder)
        area.put("from \\ to, by \(rung.word)", on: &grid, row: 0, .heading)
        guard !matrix.groups.isEmpty else { return }
        let label = min(
            max(matrix.groups.map { DisplayWidth().of(Self.title($0, grid.glyphs)) }.max() ?? 8, 12),
            max(area.width / 3, 8)
        )
        let shown = max((area.width - label - 2) / Self.width, 1)
        let left = min(first.column, max(matrix.groups.count - shown, 0))
        let top = min(first.row, max(matrix.groups.count - (area.height - 2), 0))
        let columns = matrix.groups.indices.dropFirst(left).prefix(shown)
        for (place, column) in columns.enumerated() {
            let title = Self.title(matrix.groups[column], grid.glyphs)
            area.put(
                title,
                on: &grid,
                row: 1,
                column: label + 2 + place * Self.width,
                Self.role(matrix.groups[column]),
                limit: Self.width - 1
            )
        }
        for (line, index) in matrix.groups.indices.dropFirst(top).prefix(max(area.height - 2, 0)).enumerated() {
            let group = matrix.groups[index]
            area.put(Self.title(group, grid.glyphs), on: &grid, row: line + 2, Self.role(group), limit: label)
            for (place, column) in columns.enumerated() {
                draw(
                    matrix.cells[index][column],
                    on: &grid,
                    in: area,
                    row: line + 2,
                    column: label + 2 + place * Self.width
                )
            }
        }
    }

    private func draw(_ cell: LevelMatrix.Cell, on grid: inout CellGrid, in area: ScreenArea, row: Int, column: Int) {
        guard cell.edges > 0 else {
            area.put("-", on: &grid, row: row, column: column + 3, .quiet)
            return
        }
        let amount = cell.rate > 0 ? RateText.text(cell.rate) : RateText.text(Double(cell.bytes)) + "B"
        let text = cell.undeclared > 0 ? "! \(cell.undeclared) \(amount)" : "\(cell.edges)  \(amount)"
        area.put(
            text,
            on: &grid,
            row: row,
            column: column,
            cell.undeclared > 0 ? .crossing : .plain,
            limit: Self.width - 1
        )
    }

    private static func title(_ group: LevelMatrix.Group, _ glyphs: GlyphSet) -> String {
        if group.isOutside { return "\(glyphs == .ascii ? "o" : "○") \(group.name)" }
        return group.level.map { "\($0.letter) \(group.name)" } ?? "\(glyphs == .ascii ? "." : "·") \(group.name)"
    }

    private static func role(_ group: LevelMatrix.Group) -> Role {
        if group.isOutside { return .outside }
        guard let level = group.level else { return .plain }
        return level.isHighest ? .highestLevel : level.isLowest ? .lowestLevel : .middleLevel
    }
}
