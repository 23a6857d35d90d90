package import Graph
import Layout

/// A folded graph for Graphviz: `dot -Tsvg`. Every edge is in it, hubs as well; dot lays it out in its own way.
package struct DotText {
    private var text = ""

    /// The same graph gives the same bytes.
    package static func text(of graph: FoldedGraph, caption: ChartCaption) -> [UInt8] {
        var dot = Self()
        dot.write(graph, caption)
        return Array(dot.text.utf8)
    }

    private mutating func write(_ graph: FoldedGraph, _ caption: ChartCaption) {
        text += "digraph portolan {\n"
        let lines = caption.lines(graph).map { Self.escaped($0) + "\\l" }.joined()
        text += "  graph [rankdir=LR, labelloc=t, labeljust=l, fontname=\"monospace\", label=\"\(lines)\"];\n"
        text += "  node [shape=box, fontname=\"monospace\"];\n  edge [fontname=\"monospace\", fontsize=10];\n"
        for row in graph.rows { write(row) }
        let heaviest = LineClass.heaviest(of: graph)
        let known = Set(graph.rows.map(\.key))
        for edge in graph.edges where known.contains(edge.key.source) && known.contains(edge.key.destination) {
            write(edge, LineClass(edge, heaviest: heaviest))
        }
        text += "}\n"
    }

    private mutating func write(_ row: FoldedRow) {
        let words = RowWords(row)
        text += "  \"\(Identifier.of(row.key))\" [label=\(Self.quoted(words.text))"
        if let level = row.level { pair("level", HarmlessText.text(level.name)) }
        text += ", count=\(row.members.count)"
        if row.isOutside { text += ", outside=true" }
        if let mark = RowWords.meaning(row.mark) { pair("mark", mark) }
        switch words.level {
        case .outside: text += ", color=\"#2f55c8\""
        case .lowest: text += ", color=\"#0b6e85\""
        case .highest: text += ", color=\"#8f2f8f\""
        case .middle, .none: break
        }
        text += "];\n"
    }

    private mutating func write(_ edge: FoldedEdge, _ strength: LineClass) {
        let key = edge.key
        text += "  \"\(Identifier.of(key.source))\" -> \"\(Identifier.of(key.destination))\""
        text += " [label=\(Self.quoted(EdgeWords.text(edge)))"
        pair("protocol", EdgeWords.transport(key.protocolNumber))
        if let port = key.port { text += ", port=\(port)" }
        let counts = edge.counts
        text += ", bytes=\(counts.bytes), packets=\(counts.packets), flows=\(counts.flows)"
        text += ", failures=\(counts.failures)"
        if let rate = edge.rate { text += ", rate=\"\(NumberText.rate(rate))\"" }
        pair("standing", EdgeWords.standing(edge.standing))
        switch strength {
        // Two parallel lines.
        case .crossing: text += ", color=\"#8f0a0a:#8f0a0a\", penwidth=1.5"
        case .busy: text += ", penwidth=3.5"
        case .normal: text += ", penwidth=2"
        case .quiet: text += ", color=\"#6e6e6e\""
        case .gone: text += ", style=dashed, color=\"#6e6e6e\""
        }
        if edge.isDropped { text += ", arrowhead=tee" }
        text += "];\n"
    }

    private mutating func pair(_ name: StaticString, _ value: String) { text += ", \(name)=\(Self.quoted(value))" }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// For between double quotes. Labels have escapes that begin with a backslash, and character references as HTML has.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "&": result += "&amp;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
