package import Graph
import Layout

/// A folded graph as a flowchart for Mermaid, which Markdown viewers draw. Every edge is in it, hubs as well. Mermaid itself refuses
/// more than 500 edges or 50,000 characters unless it is told otherwise.
package struct MermaidText {
    private var text = ""

    /// The same graph gives the same bytes.
    package static func text(of graph: FoldedGraph, caption: ChartCaption) -> [UInt8] {
        var mermaid = Self()
        mermaid.write(graph, caption)
        return Array(mermaid.text.utf8)
    }

    private mutating func write(_ graph: FoldedGraph, _ caption: ChartCaption) {
        text += "flowchart LR\n"
        for line in caption.lines(graph) { text += "  %% \(Self.escaped(line))\n" }
        for row in graph.rows {
            let words = RowWords(row)
            text += "  r_\(Identifier.of(row.key))[\"\(Self.escaped(words.text))\"]"
            if words.level != .middle, words.level != .none { text += ":::\(words.level.rawValue)" }
            text += "\n"
        }
        let heaviest = LineClass.heaviest(of: graph)
        let known = Set(graph.rows.map(\.key))
        let edges = graph.edges.filter { known.contains($0.key.source) && known.contains($0.key.destination) }
        for edge in edges {
            let arrow = Self.arrow(edge, LineClass(edge, heaviest: heaviest))
            text += "  r_\(Identifier.of(edge.key.source)) \(arrow)|\"\(Self.escaped(EdgeWords.text(edge)))\"| "
            text += "r_\(Identifier.of(edge.key.destination))\n"
        }
        text += "  classDef outside stroke:#2f55c8\n  classDef lowest stroke:#0b6e85\n"
        text += "  classDef highest stroke:#8f2f8f\n"
        for (index, edge) in edges.enumerated() where edge.isCrossing {
            text += "  linkStyle \(index) stroke:#8f0a0a,stroke-width:3px\n"
        }
    }

    private static func arrow(_ edge: FoldedEdge, _ strength: LineClass) -> String {
        if edge.isDropped { return "--x" }
        switch strength {
        case .busy, .crossing: return "==>"
        case .gone: return "-.->"
        case .normal, .quiet: return "-->"
        }
    }

    /// For between double quotes, and for comments. In ASCII only letters, digits and what Mermaid gives no meaning anywhere stay;
    /// all else is a reference by number.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isPlain =
                !scalar.isASCII
                || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || [" ", ".", ",", "-", "/", "!", "?", "+"].contains(scalar)
            if isPlain { result.unicodeScalars.append(scalar) } else { result += "#\(scalar.value);" }
        }
        return result
    }
}
