import Graph
import Records

/// An edge in words.
enum EdgeWords {
    /// `tcp`, or the number where IANA has no keyword.
    static func transport(_ number: UInt8) -> String { TransportKeyword.of(number) ?? "\(number)" }

    /// `443/tcp`, or `icmp` where there are no ports.
    static func service(_ key: FoldedEdgeKey) -> String {
        let transport = transport(key.protocolNumber)
        return key.port.map { "\($0)/\(transport)" } ?? transport
    }

    /// `>72M`: a lower bound where frames were lost; nil where the rate is not known.
    static func rate(_ edge: FoldedEdge) -> String? {
        edge.rate.map { (edge.isLowerBound ? ">" : "") + RateText.text($0) }
    }

    static func standing(_ standing: EdgeStanding) -> String {
        switch standing {
        case .present: "present"
        case .new: "new"
        case .gone: "gone"
        case .changed: "changed"
        }
    }

    /// What is to be known of an edge besides its numbers; empty for most.
    static func remarks(_ edge: FoldedEdge) -> [String] {
        var remarks: [String] = []
        if edge.isCrossing { remarks.append("undeclared crossing") }
        if edge.isDropped { remarks.append("dropped") }
        switch edge.standing {
        case .present: break
        case .changed: remarks.append("was \(edge.earlierRate.map(RateText.text) ?? "otherwise")")
        case .new, .gone: remarks.append(standing(edge.standing))
        }
        if let overlay = edge.overlay { remarks.append(HarmlessText.text(overlay)) }
        return remarks
    }

    /// `443/tcp 72M undeclared crossing`
    static func text(_ edge: FoldedEdge) -> String {
        ([service(edge.key)] + [rate(edge)].compactMap(\.self) + remarks(edge)).joined(separator: " ")
    }
}
