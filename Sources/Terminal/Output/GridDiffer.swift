/// Turns the difference of two grids into the bytes that bring a terminal from the one to the other.
///
/// It expects a terminal that writes in the standard style and does not wrap at the end of a row, and leaves it so;
/// where the cursor is does not matter. Nothing is allocated for a cell.
package struct GridDiffer: Sendable {
    package let depth: ColorDepth
    /// Whether the terminal is asked to show a frame at once: `CSI ? 2026 h`, which those that cannot ignore.
    package let isSynchronized: Bool

    private var row = 0
    /// `nil` when it is unknown.
    private var column: Int?
    private var rendition = Rendition()
    /// What was last asked for, and what the depth made of it.
    private var wanted = Style.standard

    package init(depth: ColorDepth, isSynchronized: Bool = true) {
        self.depth = depth
        self.isSynchronized = isSynchronized
    }

    /// Appends the bytes that turn `old` into `new`; none when they are equal.
    ///
    /// Without `old`, or when the sizes differ, the screen is cleared and drawn anew.
    package mutating func append(from old: CellGrid?, to new: CellGrid, to bytes: inout [UInt8]) {
        let start = bytes.count
        if isSynchronized { bytes.append(text: "\u{1b}[?2026h") }
        column = nil
        let begun = bytes.count
        if let old, old.width == new.width, old.height == new.height {
            change(from: old.cells.span, to: new, bytes: &bytes)
        } else {
            bytes.append(text: "\u{1b}[m\u{1b}[2J")
            let blank = CellGrid(width: new.width, height: new.height)
            change(from: blank.cells.span, to: new, bytes: &bytes)
        }
        rendition.change(to: .standard, bytes: &bytes)
        wanted = .standard
        if bytes.count == begun {
            bytes.removeLast(begun - start)
        } else if isSynchronized {
            bytes.append(text: "\u{1b}[?2026l")
        }
    }

    private mutating func change(from old: Span<Cell>, to new: CellGrid, bytes: inout [UInt8]) {
        let cells = new.cells.span
        let width = new.width
        for row in 0..<new.height {
            // After a cell whose width is disputed, or over one, the terminal may show anything to its right.
            var isRestUnsure = false
            let end = (row + 1) * width
            var index = row * width
            while index < end {
                let cell = cells[index]
                if (cell == old[index] && !isRestUnsure) || cell.isContinuation {
                    index += 1
                    continue
                }
                if cell.cluster == .blank, clear(from: index, to: end, cells, row, width, &bytes) { break }
                move(to: row, index - row * width, cells, width, &bytes)
                write(cell, width, &bytes)
                if cell.cluster.isDisputed || old[index].cluster.isDisputed { isRestUnsure = true }
                index += 1
            }
        }
    }

    /// Erases the rest of the row when nothing but blanks is to be there and writing them would take longer.
    private mutating func clear(
        from index: Int,
        to end: Int,
        _ cells: Span<Cell>,
        _ row: Int,
        _ width: Int,
        _ bytes: inout [UInt8]
    ) -> Bool {
        guard end - index > 3 else { return false }
        for place in stride(from: end - 1, through: index, by: -1) where cells[place] != .blank { return false }
        move(to: row, index - row * width, cells, width, &bytes)
        rendition.change(to: .standard, bytes: &bytes)
        wanted = .standard
        bytes.appendControl(final: 0x4b)
        return true
    }

    private mutating func move(
        to row: Int,
        _ column: Int,
        _ cells: Span<Cell>,
        _ width: Int,
        _ bytes: inout [UInt8]
    ) {
        defer { (self.row, self.column) = (row, column) }
        guard let from = self.column else {
            CursorMove.appendAbsolute(row: row, column: column, to: &bytes)
            return
        }
        if self.row == row && from == column { return }
        let move = CursorMove(fromRow: self.row, fromColumn: from, toRow: row, toColumn: column)
        if self.row == row, from < column, rewrite(row * width + from..<row * width + column, cells, move.cost, &bytes)
        {
            return
        }
        move.append(to: &bytes)
    }

    /// Writes the cells between anew, which stand there already, if that is no longer than a move.
    private func rewrite(_ range: Range<Int>, _ cells: Span<Cell>, _ cost: Int, _ bytes: inout [UInt8]) -> Bool {
        guard range.count <= 2 * cost else { return false }
        var length = 0
        for index in range {
            let cell = cells[index]
            if cell.isContinuation { continue }
            guard cell.style == wanted, cell.cluster.count == 1, !cell.cluster.isDisputed else { return false }
            let value = cell.cluster.low
            length += value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x1_0000 ? 3 : 4
            if length > cost { return false }
        }
        for index in range where !cells[index].isContinuation { bytes.append(cells[index].cluster) }
        return true
    }

    private mutating func write(_ cell: Cell, _ width: Int, _ bytes: inout [UInt8]) {
        if cell.style != wanted {
            wanted = cell.style
            rendition.change(to: depth.reduce(cell.style), bytes: &bytes)
        }
        bytes.append(cell.cluster)
        guard let at = column else { return }
        let next = at + cell.width
        // At the end of the row some terminals stand on the last column, some past it.
        column = next >= width || cell.cluster.isDisputed ? nil : next
    }
}
