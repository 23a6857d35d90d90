/// Columns of text under a heading: words to the left, figures to the right under their titles.
struct TextTable {
    private let heading: String
    private let note: String
    private let titles: [String]
    private var rows: [(words: [String], figures: [String])] = []

    /// A table whose rows have as many figures as there are `titles`; the `note` stands behind the heading, fainter.
    init(_ heading: String, note: String = "", figures titles: [String] = []) {
        self.heading = heading
        self.note = note
        self.titles = titles
    }

    mutating func add(_ words: [String], _ figures: [String] = []) {
        rows.append((words, figures))
    }

    /// The heading and the rows, which are indented by two; nothing at all without rows.
    func lines(_ style: TextStyle) -> [String] {
        guard !rows.isEmpty else { return [] }
        let words = rows.map { Self.join($0.words, Self.widths(rows.map(\.words))) }
        let titleWidth = TerminalWidth.of(heading + note) - 2
        let wordWidth = max(
            words.reduce(0) { max($0, TerminalWidth.of($1)) },
            titles.allSatisfy(\.isEmpty) ? 0 : titleWidth
        )
        let figureWidths = Self.widths(rows.map(\.figures) + [titles])
        let columns = zip(titles, figureWidths).map { Self.right($0, $1) }.joined()
        let gap = titles.allSatisfy(\.isEmpty) ? "" : String(repeating: " ", count: wordWidth - titleWidth) + columns
        var lines = [style.heading(heading) + (note.isEmpty && gap.isEmpty ? "" : style.faint(note + gap))]
        for (row, words) in zip(rows, words) {
            let figures = zip(row.figures, figureWidths).map { Self.right($0, $1) }.joined()
            lines.append(figures.isEmpty ? "  " + words : "  " + Self.left(words, wordWidth) + figures)
        }
        return lines
    }

    private static func join(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { left($0, $1) }.joined(separator: "  ")
        return String(padded.reversed().drop { $0 == " " }.reversed())
    }

    private static func widths(_ rows: [[String]]) -> [Int] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], TerminalWidth.of(cell))
            }
        }
        return widths
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - TerminalWidth.of(text))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        "  " + String(repeating: " ", count: width - TerminalWidth.of(text)) + text
    }
}
