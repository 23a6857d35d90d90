import Terminal

/// A rectangle of the screen that a part of it is drawn into: rows and columns count from its own upper left corner.
struct ScreenArea {
    let top: Int
    let left: Int
    let width: Int
    let height: Int
    let theme: Theme

    init(top: Int, left: Int, width: Int, height: Int, theme: Theme) {
        self.top = top
        self.left = left
        self.width = max(width, 0)
        self.height = max(height, 0)
        self.theme = theme
    }

    /// A part of it, cut to it.
    func part(top: Int, left: Int = 0, width: Int? = nil, height: Int? = nil) -> Self {
        let rest = max(self.width - left, 0)
        let below = max(self.height - top, 0)
        return Self(
            top: self.top + top,
            left: self.left + left,
            width: min(width ?? rest, rest),
            height: min(height ?? below, below),
            theme: theme
        )
    }

    /// Writes a text and returns the columns it took; what has no room is cut and ends with an ellipsis.
    @discardableResult
    func put(
        _ text: String,
        on grid: inout CellGrid,
        row: Int,
        column: Int = 0,
        _ role: Role = .plain,
        limit: Int = .max
    ) -> Int {
        put(text, on: &grid, row: row, column: column, style: theme.style(role), limit: limit)
    }

    @discardableResult
    func put(_ text: String, on grid: inout CellGrid, row: Int, column: Int = 0, style: Style, limit: Int = .max) -> Int
    {
        guard row >= 0, row < height, column >= 0, column < width else { return 0 }
        return grid.put(text, row: top + row, column: left + column, style: style, limit: min(limit, width - column))
    }

    /// Writes pieces one behind the other; returns the column after the last.
    @discardableResult
    func put(_ pieces: [(String, Role)], on grid: inout CellGrid, row: Int, column: Int = 0) -> Int {
        var column = column
        for (text, role) in pieces { column += put(text, on: &grid, row: row, column: column, role) }
        return column
    }

    /// Shows a whole row as chosen.
    func select(row: Int, on grid: inout CellGrid) {
        guard row >= 0, row < height else { return }
        grid.restyle(row: top + row, columns: left..<(left + width)) { style in
            style = Style(isBold: style.isBold, isReverse: true)
        }
    }

    /// A rule across it, with a title.
    func rule(_ title: String, on grid: inout CellGrid, row: Int) {
        guard row >= 0, row < height else { return }
        let line: Character = grid.glyphs == .ascii ? "-" : "─"
        grid.fill(
            rows: (top + row)..<(top + row + 1),
            columns: left..<(left + width),
            with: line,
            style: theme.style(.quiet)
        )
        guard !title.isEmpty, width > 6 else { return }
        put(" \(title) ", on: &grid, row: row, column: 2, .heading, limit: width - 4)
    }
}
