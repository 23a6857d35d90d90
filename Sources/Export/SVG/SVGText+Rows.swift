import Graph
import Layout

extension SVGText {
    /// The names, each with its level: a bar in the level's colour, its letter, and the mark.
    mutating func writeRows() {
        for placed in layout.rows where graph.rows.indices.contains(placed.index) { write(placed) }
    }

    private mutating func write(_ placed: PlacedRow) {
        let row = graph.rows[placed.index]
        let words = RowWords(row)
        let id = Identifier.of(row.key)
        svg.open(
            "g",
            ["class": Self.classes(row, words), "id": id, "data-row": id, "tabindex": "0"]
        )
        svg.element("title", text: Self.title(row, words))
        let (x, y) = (Double(placed.x) * CellUnit.width, CellUnit.y(placed.y))
        svg.empty(
            "rect",
            ["x": NumberText.text(x), "y": NumberText.text(y - 8), "width": "4", "height": "16"]
        )
        write(words.letter, "letter", x: x + 4.5, y: y)
        if words.mark != " " { write(words.mark, "mark", x: x + 10, y: y) }
        let (name, suffix) = words.cut(to: max(0, placed.width - 2), width: width)
        if !name.isEmpty {
            write(name, column: placed.x + 2, row: placed.y, classes: "name", columns: placed.width - 2)
        }
        if !suffix.isEmpty {
            let column = placed.x + 2 + width(name)
            write(suffix, column: column, row: placed.y, classes: "suffix", columns: width(suffix))
        }
        svg.close("g")
        svg.literal("\n")
    }

    mutating func write(_ text: String, _ classes: String, x: Double, y: Double) {
        svg.element(
            "text",
            ["class": classes, "x": NumberText.text(x), "y": NumberText.text(y)],
            text: text
        )
    }

    private static func classes(_ row: FoldedRow, _ words: RowWords) -> String {
        let mark =
            switch row.mark {
            case .alert: " alert"
            case .blocked: " blocked"
            case .unsure: " unsure"
            case .added: " added"
            case .removed: " removed"
            case nil: ""
            }
        return "row \(words.level.rawValue)\(mark)\(row.isGrey ? " grey" : "")"
    }

    /// `pg-orders, restricted, 3 ends, alert`
    static func title(_ row: FoldedRow, _ words: RowWords) -> String {
        var parts = [words.name]
        parts.append(row.isOutside ? "outside" : row.level.map { HarmlessText.text($0.name) } ?? "no level")
        if row.members.count > 1 { parts.append("\(row.members.count) ends") }
        if row.talksToItself { parts.append("they talk to each other") }
        if let mark = RowWords.meaning(row.mark) { parts.append(mark) }
        if row.alerts > 0 { parts.append("\(row.alerts) more with alerts") }
        return parts.joined(separator: ", ")
    }
}
