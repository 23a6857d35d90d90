import Graph
import Layout

/// What stands below a chart because its lines would hide all others, or because it has none: chips in rows.
struct DockLines {
    struct Chip {
        let text: String
        let title: String
        let id: String
        let row: RowKey
        let touched: [RowKey]
        let edges: [Int]
        var column = 0
        var line = 0
        let columns: Int
    }

    private(set) var chips: [Chip] = []
    private(set) var quiet: String?
    /// Lines of text.
    private(set) var height = 0

    init(_ layout: ChartLayout, _ graph: FoldedGraph, columns: Int, width: (String) -> Int) {
        let rows = Dictionary(graph.rows.map { ($0.key, $0) }) { first, _ in first }
        var (column, line) = (0, 1)
        for hub in layout.hubs {
            let text = Self.text(of: hub, rows[hub.key.row])
            let wide = min(width(text), columns - 2) + 2
            if column > 0, column + wide > columns {
                column = 0
                line += 1
            }
            let names = hub.touched.prefix(32).map { rows[$0].map { HarmlessText.text($0.name) } ?? "" }
            let more = hub.touched.count > 32 ? " and \(hub.touched.count - 32) more" : ""
            let who = hub.key.service == nil ? "calls " : "called by "
            chips.append(
                Chip(
                    text: text,
                    title: text + "\n" + who + names.joined(separator: ", ") + more,
                    id: Identifier.of((hub.key.row, hub.key.service?.protocolNumber, hub.key.service?.port)),
                    row: hub.key.row,
                    touched: hub.touched,
                    edges: hub.edges,
                    column: column,
                    line: line,
                    columns: wide
                )
            )
            column += wide + 2
        }
        if !chips.isEmpty { height = line + 1 }
        guard !layout.quiet.isEmpty else { return }
        // Bounded by what fits into one line, as names are.
        let names = layout.quiet.prefix(64).compactMap { rows[$0] }.map { HarmlessText.text($0.name) }
        quiet = "quiet \(layout.quiet.count): " + names.joined(separator: ", ")
        height += 1
    }

    /// `I coredns:53 ◄ 21 9.8k`
    private static func text(of hub: DockedHub, _ row: FoldedRow?) -> String {
        let words = row.map(RowWords.init)
        let who = words.map { $0.letter + $0.mark + $0.name } ?? HarmlessText.text(hub.key.row.name)
        let rate = hub.rate > 0 ? " \(RateText.text(hub.rate))" : ""
        guard let service = hub.key.service else { return "\(who) ──► \(hub.touched.count)\(rate)" }
        return "\(who)\(service.port.map { ":\($0)" } ?? "") ◄ \(hub.touched.count)\(rate)"
    }
}

extension SVGText {
    mutating func write(_ dock: DockLines) {
        if !dock.chips.isEmpty {
            write(
                "hubs \(dock.chips.count), whose lines are not drawn",
                column: 0,
                row: 0,
                classes: "small",
                columns: 72
            )
        }
        for chip in dock.chips {
            svg.open(
                "g",
                [
                    "class": "hub", "id": chip.id, "data-row": Identifier.of(chip.row), "tabindex": "0",
                    "data-touched": chip.touched.map(Identifier.of).joined(separator: " "),
                    "data-edges": chip.edges.filter(graph.edges.indices.contains)
                        .map { Identifier.of(graph.edges[$0].key) }.joined(separator: " "),
                ]
            )
            svg.element("title", text: chip.title)
            svg.empty(
                "rect",
                [
                    "class": "chip", "rx": "8", "x": NumberText.text(Double(chip.column) * CellUnit.width),
                    "y": NumberText.text(Double(chip.line) * CellUnit.height + 1), "height": "18",
                    "width": NumberText.text(Double(chip.columns) * CellUnit.width),
                ]
            )
            write(chip.text, column: chip.column + 1, row: chip.line, classes: "name", columns: chip.columns - 2)
            svg.close("g")
            svg.literal("\n")
        }
        if let quiet = dock.quiet {
            let columns = max(layout.size.columns, 72)
            write(quiet, column: 0, row: dock.height - 1, classes: "small", columns: columns)
        }
    }
}
