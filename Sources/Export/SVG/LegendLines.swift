import Graph
import Layout

/// What signs mean, as far as they are in the picture.
struct LegendLines {
    struct Entry {
        /// A piece of line; nil for what is told by letters.
        let line: LineClass?
        let sign: String
        let level: LevelClass
        let text: String
        var column = 0
        var row = 0
    }

    private(set) var entries: [Entry] = []
    /// Lines of text.
    private(set) var height = 0

    init(_ graph: FoldedGraph, columns: Int) {
        var all: [Entry] = [
            Entry(line: .busy, sign: "", level: .none, text: "busy"),
            Entry(line: .normal, sign: "", level: .none, text: "normal"),
            Entry(line: .quiet, sign: "", level: .none, text: "quiet"),
        ]
        if graph.edges.contains(where: \.isCrossing) {
            all.append(Entry(line: .crossing, sign: "", level: .none, text: "undeclared crossing"))
        }
        if graph.edges.contains(where: { $0.standing == .gone }) {
            all.append(Entry(line: .gone, sign: "", level: .none, text: "gone"))
        }
        if graph.rows.contains(where: \.isOutside) {
            all.append(Entry(line: nil, sign: "○", level: .outside, text: "outside"))
        }
        for level in Set(graph.rows.compactMap(\.level)).sorted() {
            let shade: LevelClass = level.isHighest ? .highest : level.isLowest ? .lowest : .middle
            all.append(
                Entry(
                    line: nil,
                    sign: HarmlessText.text(String(level.letter)),
                    level: shade,
                    text: HarmlessText.text(level.name)
                )
            )
        }
        for mark in [RowMark.alert, .blocked, .unsure, .added, .removed]
        where graph.rows.contains(where: { $0.mark == mark }) {
            all.append(Entry(line: nil, sign: mark.sign, level: .none, text: RowWords.meaning(mark) ?? ""))
        }
        all.append(
            Entry(line: nil, sign: "│", level: .none, text: "joins who enters it from the left with where it leads")
        )
        var (column, row) = (0, 0)
        for var entry in all {
            let wide = 6 + entry.text.count
            if column > 0, column + wide > columns {
                column = 0
                row += 1
            }
            (entry.column, entry.row) = (column, row)
            entries.append(entry)
            column += wide + 1
        }
        height = row + 1
    }
}

extension SVGText {
    mutating func write(_ legend: LegendLines) {
        for entry in legend.entries {
            if let line = entry.line {
                svg.open("g", ["class": "\(line)"])
                let (x, y) = (Double(entry.column) * CellUnit.width, NumberText.text(CellUnit.y(entry.row)))
                let way = "M\(NumberText.text(x)) \(y) L\(NumberText.text(x + 3.5 * CellUnit.width)) \(y)"
                svg.empty("path", ["class": "way", "d": way])
                if line == .crossing { svg.empty("path", ["class": "core", "d": way]) }
                svg.close("g")
            } else {
                svg.open("g", ["class": entry.level.rawValue])
                write(entry.sign, "letter", x: Double(entry.column + 2) * CellUnit.width, y: CellUnit.y(entry.row))
                svg.close("g")
            }
            write(entry.text, column: entry.column + 4, row: entry.row, classes: "small", columns: entry.text.count)
        }
        svg.literal("\n")
    }
}
