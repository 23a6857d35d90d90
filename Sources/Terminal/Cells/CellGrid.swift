/// What a terminal shows or is to show: rows of cells. Drawing outside it does nothing.
///
/// A wide cell is always followed by its continuation: whoever overwrites one half blanks the other.
package struct CellGrid: Equatable, Sendable {
    /// Larger ones are cut to this: no terminal is, and a bad size must not take memory.
    package static let widest = 1000
    package static let highest = 500

    package let width: Int
    package let height: Int
    /// What may be drawn; only `put` asks.
    package let glyphs: GlyphSet
    private(set) var cells: [Cell]

    package init(width: Int, height: Int, glyphs: GlyphSet = .unicode) {
        self.width = min(max(width, 0), Self.widest)
        self.height = min(max(height, 0), Self.highest)
        self.glyphs = glyphs
        cells = Array(repeating: .blank, count: self.width * self.height)
    }

    package static func == (left: CellGrid, right: CellGrid) -> Bool {
        left.width == right.width && left.height == right.height && left.cells == right.cells
    }

    /// Blank outside. A continuation cannot be set, nor a wide cell in the last column; both become blanks.
    package subscript(row: Int, column: Int) -> Cell {
        get { contains(row, column) ? cells[row * width + column] : .blank }
        set {
            guard contains(row, column) else { return }
            let isHalf = newValue.isContinuation || (newValue.width == 2 && column + 1 >= width)
            set(isHalf ? Cell.blank.styled(newValue.style) : newValue, row, column)
        }
    }

    func contains(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < height && column >= 0 && column < width
    }

    /// The cell is inside, with all its columns.
    mutating func set(_ cell: Cell, _ row: Int, _ column: Int) {
        let index = row * width + column
        let end = index + cell.width
        // What is left of a wide cell that is overwritten on its left or right half.
        if cells[index].isContinuation, column > 0 { blank(index - 1) }
        if cells[end - 1].width == 2, column + cell.width < width { blank(end) }
        cells[index] = cell
        if cell.width == 2 { cells[index + 1] = .continuation(cell.style) }
    }

    private mutating func blank(_ index: Int) {
        cells[index] = Cell.blank.styled(cells[index].style)
    }

    /// Makes every cell blank again; keeps the memory.
    package mutating func clear() {
        for index in cells.indices { cells[index] = .blank }
    }

    /// Fills a rectangle with a character of one column, blank when it is none.
    package mutating func fill(rows: Range<Int>, columns: Range<Int>, with character: Character = " ", style: Style) {
        var scanner = ClusterScanner(String(character), glyphs: glyphs)
        let first = scanner.next()
        let cluster = first?.width == 1 ? first?.cluster ?? .blank : .blank
        let cell = Cell(cluster: cluster, style: style, width: 1)
        for row in rows.clamped(to: 0..<height) {
            for column in columns.clamped(to: 0..<width) { set(cell, row, column) }
        }
    }

    /// Gives the cells of a part of a row another style and keeps what they show.
    package mutating func restyle(row: Int, columns: Range<Int>, _ change: (inout Style) -> Void) {
        guard row >= 0, row < height else { return }
        for column in columns.clamped(to: 0..<width) {
            let index = row * width + column
            var style = cells[index].style
            change(&style)
            // Both halves of a wide cell have one style: that of its first.
            if cells[index].isContinuation, column > 0 { style = cells[index - 1].style }
            cells[index] = cells[index].styled(style)
            if cells[index].width == 2 { cells[index + 1] = .continuation(style) }
        }
    }
}
