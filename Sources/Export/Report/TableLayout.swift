import Evidence

/// A table in so many columns: figures whole and to the right, sentences over several lines, other words shortened.
struct TableLayout {
    private(set) var titles = ""
    /// The lines of each row.
    private(set) var rows: [[String]] = []

    private static var gap: Int { 2 }
    /// Narrower than that nothing can be read.
    private static var least: Int { 8 }

    init(_ table: ReportTable, limit: Int, columns: Int, _ width: @escaping (String) -> Int) {
        let cells = table.rows.prefix(limit).map { $0.cells.map(CellWords.text) }
        // A column with nothing in it says nothing.
        let shown = table.columns.indices.filter { column in cells.contains { !$0[column].isEmpty } }
        let isTotal = table.name == "totals"
        var widths = shown.map { column in
            cells.reduce(isTotal ? 0 : width(table.columns[column].title)) { max($0, width($1[column])) }
        }
        func total() -> Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }
        while total() > columns {
            let givers = shown.indices.filter { !table.columns[shown[$0]].isFigure && widths[$0] > Self.least }
            // Sentences first: they lose nothing.
            let sentences = givers.filter { table.columns[shown[$0]].isSentence && widths[$0] > 24 }
            guard let giver = (sentences.isEmpty ? givers : sentences).max(by: { widths[$0] < widths[$1] }) else {
                break
            }
            widths[giver] -= 1
        }
        // What there is to spare stands between words and figures.
        if let first = shown.indices.first(where: { !table.columns[shown[$0]].isFigure }), isTotal {
            widths[first] += max(0, columns - total())
        }
        func line(_ cells: [String]) -> String {
            let parts = zip(shown, zip(cells, widths)).map { column, pair in
                let padding = String(repeating: " ", count: max(0, pair.1 - width(pair.0)))
                return table.columns[column].isFigure ? padding + pair.0 : pair.0 + padding
            }
            let line = parts.joined(separator: String(repeating: " ", count: Self.gap))
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        titles = line(zip(shown, widths).map { TextFlow.cut(table.columns[$0].title, to: $1, width) })
        rows = cells.map { row in
            let parts = zip(shown, widths).map { column, columns in
                table.columns[column].isSentence
                    ? TextFlow.wrapped(row[column], to: columns, width)
                    : [TextFlow.cut(row[column], to: columns, width)]
            }
            let height = parts.map(\.count).max() ?? 1
            return (0..<height).map { number in line(parts.map { number < $0.count ? $0[number] : "" }) }
        }
    }
}
