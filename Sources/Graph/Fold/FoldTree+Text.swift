extension FoldTree {
    /// One line each, in ASCII but for names: `|- P ingress x3  :443/tcp  72M`. `^` is described above, `v` further down.
    ///
    /// `printable` makes names harmless: they come from outside. `remark` may add to an edge's line what is known elsewhere.
    package func text(
        of graph: FoldedGraph,
        printable: (String) -> String,
        remark: (FoldedEdge) -> String? = { _ in nil }
    ) -> [String] {
        let rows = Dictionary(graph.rows.map { ($0.key, $0) }) { first, _ in first }
        let edges = Dictionary(graph.edges.map { ($0.key, $0) }) { first, _ in first }
        return lines.map { line in
            var text = line.rails.dropLast().map { $0 ? "|  " : "   " }.joined()
            if let goesOn = line.rails.last { text += goesOn ? "|- " : "`- " }
            text += rows[line.row].map { Self.name(of: $0, printable) } ?? "-"
            switch line.place {
            case .here: break
            case .above: text += " ^"
            case .below: text += " v"
            }
            guard let edge = line.edge.flatMap({ edges[$0] }) else { return text }
            let words = Self.words(edge, printable) + [remark(edge).map(printable)].compactMap(\.self)
            return text + "  " + words.joined(separator: "  ")
        }
    }

    /// Level, whether an alert speaks of it, name, and how many it stands for.
    static func name(of row: FoldedRow, _ printable: (String) -> String) -> String {
        let level = row.isOutside ? "o" : row.level.map { String($0.letter) } ?? "."
        let count = row.members.count > 1 ? " x\(row.members.count)" : ""
        // A line is one line, whatever `printable` leaves.
        let name = String(printable(row.name).map { $0.isNewline ? "?" : $0 })
        let mark = row.mark == .alert ? "!" : " "
        return "\(level)\(mark)\(name)\(count)\(row.talksToItself ? " (to itself)" : "")"
    }

    private static func words(_ edge: FoldedEdge, _ printable: (String) -> String) -> [String] {
        var words = [service(edge.key)]
        if let rate = edge.rate { words.append((edge.isLowerBound ? ">" : "") + RateText.text(rate)) }
        if let overlay = edge.overlay { words.append(printable(overlay)) }
        if edge.isCrossing { words.append("! crossing") }
        if edge.isDropped { words.append("# dropped") }
        switch edge.standing {
        case .present: break
        case .new: words.append("+ new")
        case .gone: words.append("- gone")
        case .changed: words.append("~ was \(edge.earlierRate.map(RateText.text) ?? "otherwise")")
        }
        return words
    }

    /// `:443/tcp`; protocols without ports by their name alone, others by number.
    private static func service(_ key: FoldedEdgeKey) -> String {
        let names: [UInt8: String] = [
            1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 51: "ah", 58: "ipv6-icmp", 132: "sctp",
        ]
        let name = names[key.protocolNumber] ?? "\(key.protocolNumber)"
        return key.port.map { ":\($0)/\(name)" } ?? name
    }
}
