/// Rows of cells under titles, in as many columns as fit: what matters least is left out first.
///
/// A row may take several lines: a cell is a list of them. All cells begin on the row's first line.
struct ColumnTable {
    /// A column, and what may be done to it when there is little room.
    struct Column {
        var title: String
        /// It is narrowed to so many columns of the terminal by leaving out the middle of what stands there; nil: never.
        var least: Int?
        /// The lowest goes first when narrowing does not help; nil stays.
        var rank: Int?
        var isFaint = false
    }

    var columns: [Column]
    private var rows: [[[String]]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    var isEmpty: Bool { rows.isEmpty }

    /// Adds a row with a cell for each column; text from outside must have been made printable.
    mutating func add(_ cells: [[String]]) {
        rows.append(cells)
    }

    private static var gap: Int { 2 }

    /// The titles and all rows, in lines of `width` columns; wider only where what never goes does not fit.
    func lines(_ style: TextStyle, width: Int) -> [String] {
        let (shown, widths) = layout(width)
        var lines = [style.heading(Self.line(shown.map { columns[$0].title }, widths))]
        for row in rows {
            let height = shown.reduce(0) { max($0, row[$1].count) }
            for number in 0..<max(1, height) {
                let cells = zip(shown, widths).map { column, width in
                    number < row[column].count ? TerminalWidth.shorten(row[column][number], to: width) : ""
                }
                let faint = shown.map { columns[$0].isFaint }
                lines.append(Self.line(cells, widths) { faint[$0] ? style.faint($1) : $1 })
            }
        }
        return lines
    }

    /// Which columns are shown, and how wide.
    private func layout(_ width: Int) -> (shown: [Int], widths: [Int]) {
        let natural = columns.indices.map { column in
            rows.reduce(TerminalWidth.of(columns[column].title)) { widest, row in
                row[column].reduce(widest) { max($0, TerminalWidth.of($1)) }
            }
        }
        // A column with nothing in it says nothing.
        var shown = columns.indices.filter { column in
            columns[column].rank == nil || rows.contains { row in row[column].contains { !$0.isEmpty } }
        }
        func least(_ column: Int) -> Int { columns[column].least.map { min($0, natural[column]) } ?? natural[column] }
        func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }
        while total(shown.map(least)) > width,
            let next = shown.filter({ columns[$0].rank != nil }).min(by: {
                columns[$0].rank ?? 0 < columns[$1].rank ?? 0
            })
        {
            shown.removeAll { $0 == next }
        }
        var widths = shown.map { natural[$0] }
        while total(widths) > width {
            // The widest that can give gives.
            let givers = shown.indices.filter { widths[$0] > least(shown[$0]) }
            guard let giver = givers.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[giver] -= 1
        }
        return (shown, widths)
    }

    private static func line(
        _ cells: [String],
        _ widths: [Int],
        style: (Int, String) -> String = { $1 }
    ) -> String {
        let last = cells.lastIndex { !$0.isEmpty } ?? 0
        return cells.prefix(last + 1).enumerated().map { index, cell in
            let padding = index == last ? 0 : widths[index] - TerminalWidth.of(cell) + gap
            return (cell.isEmpty ? "" : style(index, cell)) + String(repeating: " ", count: max(0, padding))
        }.joined()
    }
}
