import Graph
import Layout

extension HTMLPage {
    private static let headings: [(title: String, isNumber: Bool)] = [
        ("from", false), ("to", false), ("port", true), ("protocol", false), ("rate", true), ("bytes", true),
        ("packets", true), ("flows", true), ("failures", true), ("drawn", false), ("remarks", false),
    ]

    /// Every edge, those as well that the picture leaves out.
    mutating func writeTable() {
        html.literal("<h2>Edges</h2>\n<table id=\"edges\">\n<thead><tr>")
        for (title, isNumber) in Self.headings {
            html.open("th", ["scope": "col", "class": isNumber ? "number" : ""])
            html.element("button", ["type": "button"], text: title)
            html.close("th")
        }
        html.literal("</tr></thead>\n<tbody>\n")
        let rows = Dictionary(graph.rows.map { ($0.key, RowWords($0).text) }) { first, _ in first }
        let drawn = Set(layout.lines.flatMap(\.edges))
        let docked = Set(layout.hubs.flatMap(\.edges))
        for (index, edge) in graph.edges.enumerated() {
            write(edge, rows, place: drawn.contains(index) ? "yes" : docked.contains(index) ? "docked" : "hidden")
        }
        html.literal("</tbody>\n</table>\n")
    }

    private mutating func write(_ edge: FoldedEdge, _ rows: [RowKey: String], place: String) {
        let key = edge.key
        html.open(
            "tr",
            [
                "id": Identifier.of(key), "data-from": Identifier.of(key.source),
                "data-to": Identifier.of(key.destination),
            ]
        )
        cell(rows[key.source] ?? "")
        cell(rows[key.destination] ?? "")
        cell(key.port.map { "\($0)" } ?? "", key.port.map { UInt64($0) } ?? 0)
        cell(EdgeWords.transport(key.protocolNumber))
        html.element("td", ["data-value": NumberText.rate(edge.rate ?? -1)], text: EdgeWords.rate(edge) ?? "")
        for count in [edge.counts.bytes, edge.counts.packets, edge.counts.flows, edge.counts.failures] {
            cell("\(count)", count)
        }
        cell(place)
        cell(EdgeWords.remarks(edge).joined(separator: ", "))
        html.close("tr")
        html.literal("\n")
    }

    /// `bdi`, so that a name written from right to left turns nothing around it.
    private mutating func cell(_ text: String) {
        html.literal("<td>")
        html.element("bdi", text: text)
        html.literal("</td>")
    }

    private mutating func cell(_ text: String, _ value: UInt64) {
        html.element("td", ["data-value": "\(value)"], text: text)
    }
}
