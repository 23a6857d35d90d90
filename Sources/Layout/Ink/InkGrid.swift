/// The lines of a chart as cells. Names and labels are not in it: they have their places in the layout.
package struct InkGrid: Hashable, Sendable {
    package let columns: Int
    package let rows: Int
    private(set) var cells: [InkCell]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: InkCell(), count: columns * rows)
    }

    /// Empty where there is nothing, and outside.
    package subscript(x: Int, y: Int) -> InkCell {
        guard x >= 0, y >= 0, x < columns, y < rows else { return InkCell() }
        return cells[y * columns + x]
    }

    package var gaps: Int { cells.reduce(0) { $0 + ($1.isGap ? 1 : 0) } }
    package var merges: Int { cells.reduce(0) { $0 + ($1.isMerge ? 1 : 0) } }

    /// How many cells show something else than another grid's.
    package func changes(from other: InkGrid) -> Int {
        guard columns != other.columns || rows != other.rows else {
            return cells.indices.reduce(0) { $0 + (cells[$1] != other.cells[$1] ? 1 : 0) }
        }
        var count = 0
        for y in 0..<max(rows, other.rows) {
            for x in 0..<max(columns, other.columns) where self[x, y] != other[x, y] { count += 1 }
        }
        return count
    }

    mutating func change(_ point: ChartPoint, _ body: (inout InkCell) -> Void) {
        guard point.x >= 0, point.y >= 0, point.x < columns, point.y < rows else { return }
        body(&cells[point.y * columns + point.x])
    }
}
