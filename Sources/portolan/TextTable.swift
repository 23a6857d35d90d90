/// Columns of text with a common width, numbers to the right.
struct TextTable {
    private var rows: [[String]] = []
    private let rightAligned: Set<Int>

    /// `rightAligned` are the numbers of columns that hold figures.
    init(rightAligned: Set<Int>) {
        self.rightAligned = rightAligned
    }

    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    var isEmpty: Bool { rows.isEmpty }

    /// Lines, indented by two.
    var lines: [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            var line = " "
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += rightAligned.contains(column) ? " " + padding + cell : " " + cell + padding
                line += column < row.count - 1 ? " " : ""
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
