import Graph
import Records
import Terminal

/// Edges in words.
enum EdgeText {
    /// Bytes a second, or where no rate is known bytes; `>` before a lower bound.
    static func amount(_ edge: FoldedEdge) -> String {
        let text = edge.rate.map { RateText.text($0) } ?? RateText.text(Double(edge.counts.bytes)) + "B"
        return (edge.isLowerBound ? ">" : "") + text
    }

    /// `:5432`, or the protocol where there are no ports or it is not TCP.
    static func service(_ key: FoldedEdgeKey) -> String {
        let name = word(of: key.protocolNumber)
        guard let port = key.port else { return name }
        return key.protocolNumber == 6 ? ":\(port)" : ":\(port)/\(name)"
    }

    static func word(of number: UInt8) -> String { TransportKeyword.of(number) ?? "ip \(number)" }

    /// What is out of the ordinary of it; `rules` are those of the alerts that speak of it.
    static func remarks(_ edge: FoldedEdge, rules: Set<String> = []) -> [String] {
        var words: [String] = []
        if edge.isCrossing { words.append("! crossing, undeclared") }
        words += Self.words(of: rules, edge)
        if edge.isDropped { words.append("# dropped") }
        if edge.counts.failures > 0 {
            words.append("\(edge.counts.failures) of \(edge.counts.flows) connections failed")
        }
        switch edge.standing {
        case .present: break
        case .new: words.append("new")
        case .gone: words.append("gone")
        case .changed: words.append("was \(edge.earlierRate.map(RateText.text) ?? "otherwise")")
        }
        return words
    }

    /// Rules of alerts that speak of an edge; that it crosses levels is said already.
    static func words(of rules: Set<String>, _ edge: FoldedEdge) -> [String] {
        rules.filter { !edge.isCrossing || !$0.hasPrefix("crossing.") }.sorted().map { "! \($0)" }
    }

    /// `checkout ► payment:50051`, `probe ► vault icmp`
    static func title(_ edge: FoldedEdge, _ chart: ChartView, _ glyphs: GlyphSet) -> String {
        let from = chart.row(edge.key.source)?.name ?? edge.key.source.name
        let to = chart.row(edge.key.destination)?.name ?? edge.key.destination.name
        let gap = edge.key.port == nil ? " " : ""
        return "\(from) \(glyphs == .ascii ? "->" : "►") \(to)\(gap)\(service(edge.key))"
    }
}
