package import Graph

/// A folded graph as GraphML (http://graphml.graphdrawing.org), which yEd, Gephi, Cytoscape and networkx read. Several services
/// between two rows are several edges.
package struct GraphMLText {
    private var xml = MarkupText()

    /// The same graph gives the same bytes.
    package static func text(of graph: FoldedGraph, caption: ChartCaption) -> [UInt8] {
        var text = Self()
        text.write(graph, caption)
        return text.xml.bytes
    }

    private static let keys: [(id: StaticString, on: StaticString, type: StaticString)] = [
        ("name", "node", "string"), ("kind", "node", "string"), ("level", "node", "string"),
        ("count", "node", "int"), ("mark", "node", "string"),
        ("protocol", "edge", "string"), ("port", "edge", "int"), ("bytes", "edge", "long"),
        ("packets", "edge", "long"), ("flows", "edge", "long"), ("failures", "edge", "long"),
        ("rate", "edge", "double"), ("standing", "edge", "string"), ("crossing", "edge", "boolean"),
        ("dropped", "edge", "boolean"), ("caption", "graph", "string"),
    ]

    private mutating func write(_ graph: FoldedGraph, _ caption: ChartCaption) {
        xml.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        xml.literal("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
        for key in Self.keys {
            xml.empty(
                "key",
                ["id": "\(key.id)", "for": "\(key.on)", "attr.name": "\(key.id)", "attr.type": "\(key.type)"]
            )
            xml.literal("\n")
        }
        xml.open("graph", ["id": "portolan", "edgedefault": "directed"])
        data("caption", caption.lines(graph).joined(separator: "\n"))
        xml.literal("\n")
        for row in graph.rows { write(row) }
        let known = Set(graph.rows.map(\.key))
        for edge in graph.edges where known.contains(edge.key.source) && known.contains(edge.key.destination) {
            write(edge)
        }
        xml.literal("</graph>\n</graphml>\n")
    }

    private mutating func write(_ row: FoldedRow) {
        xml.open("node", ["id": Identifier.of(row.key)])
        data("name", HarmlessText.text(row.name))
        data("kind", Self.kind(row))
        if let level = row.level { data("level", HarmlessText.text(level.name)) }
        data("count", "\(row.members.count)")
        if let mark = RowWords.meaning(row.mark) { data("mark", mark) }
        xml.close("node")
        xml.literal("\n")
    }

    /// What its endpoints are, if they are all of a kind.
    private static func kind(_ row: FoldedRow) -> String {
        guard let kind = row.members.first?.kind else { return row.isOutside ? "outside" : "unknown" }
        return row.members.allSatisfy { $0.kind == kind } ? kind.rawValue : "mixed"
    }

    private mutating func write(_ edge: FoldedEdge) {
        xml.open(
            "edge",
            [
                "id": Identifier.of(edge.key), "source": Identifier.of(edge.key.source),
                "target": Identifier.of(edge.key.destination),
            ]
        )
        data("protocol", EdgeWords.transport(edge.key.protocolNumber))
        if let port = edge.key.port { data("port", "\(port)") }
        // Readers take `long` for 64 bits with a sign.
        func long(_ number: UInt64) -> String { "\(min(number, UInt64(Int64.max)))" }
        data("bytes", long(edge.counts.bytes))
        data("packets", long(edge.counts.packets))
        data("flows", long(edge.counts.flows))
        data("failures", long(edge.counts.failures))
        if let rate = edge.rate { data("rate", NumberText.rate(rate)) }
        data("standing", EdgeWords.standing(edge.standing))
        data("crossing", "\(edge.isCrossing)")
        data("dropped", "\(edge.isDropped)")
        xml.close("edge")
        xml.literal("\n")
    }

    private mutating func data(_ key: StaticString, _ value: String) {
        xml.element("data", ["key": "\(key)"], text: value)
    }
}
