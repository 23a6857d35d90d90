import Addressing
import Containers
import Graph
import Records

/// What is known of a row of the chart, or of an edge between two, as facts.
enum RowDetail {
    /// The most ends or edges that are listed.
    private static var limit: Int { 200 }

    /// Of a row; `edges` are those that it has, `name` says what rows are called.
    static func fields(
        of row: FoldedRow,
        _ edges: [FoldedEdge],
        in snapshot: Snapshot,
        zone: Int,
        name: (RowKey) -> String
    ) -> [DetailField] {
        // A row of one end is that end.
        if row.members.count == 1, let only = row.members.first {
            return level(row) + EdgeDetail.fields(of: only, in: snapshot, zone: zone)
        }
        var fields =
            [DetailField("name", row.name), DetailField("ends", AmountText.count(UInt64(row.members.count)))]
            + level(row)
        let ends = row.members.lazy.compactMap { snapshot.graph.endpoints[$0] }
        let images = Set(ends.compactMap { $0.container?.description.image }).sorted()
        if !images.isEmpty { fields.append(DetailField("images", images.prefix(limit).joined(separator: ", "))) }
        if row.talksToItself { fields.append(DetailField("also", "its ends talk to each other")) }
        fields += list("in", edges.filter { $0.key.destination == row.key }) { name($0.key.source) }
        fields += list("out", edges.filter { $0.key.source == row.key }) { name($0.key.destination) }
        fields.append(.heading("ends"))
        for key in row.members.prefix(limit) {
            let endpoint = snapshot.graph.endpoints[key]
            let addresses = endpoint?.addresses.prefix(4).map { "\($0)" }.joined(separator: ", ") ?? "gone"
            fields.append(
                DetailField(EdgeDetail.name(key, snapshot), addresses.isEmpty ? key.kind.rawValue : addresses)
            )
        }
        return fields + more(row.members.count)
    }

    /// Of an edge between two rows.
    static func fields(of edge: FoldedEdge, in snapshot: Snapshot, zone: Int, name: (RowKey) -> String) -> [DetailField]
    {
        if edge.members.count == 1, let only = edge.members.first {
            return remarks(edge) + EdgeDetail.fields(of: only, in: snapshot, zone: zone)
        }
        let counts = edge.counts
        var fields = [DetailField("from", name(edge.key.source)), DetailField("to", name(edge.key.destination))]
        fields.append(DetailField("service", EdgeText.service(edge.key)))
        fields.append(DetailField("connections", AmountText.count(counts.flows)))
        fields += EdgeDetail.sums(counts)
        fields.append(DetailField("a second", edge.rate.map { RateText.text($0) + "B" } ?? AmountText.unknown))
        if let overlay = edge.overlay { fields.append(DetailField("overlay", overlay)) }
        fields += remarks(edge)
        fields.append(.heading("between"))
        for key in edge.members.prefix(limit) {
            let (source, destination) = (
                EdgeDetail.name(key.source, snapshot), EdgeDetail.name(key.destination, snapshot)
            )
            let bytes = snapshot.graph.edges[key].map { AmountText.bytes($0.counts.bytes) } ?? "gone"
            fields.append(DetailField(source, "\(destination)\(key.port.map { ":\($0)" } ?? "")  \(bytes)"))
        }
        return fields + more(edge.members.count)
    }

    private static func level(_ row: FoldedRow) -> [DetailField] {
        var fields: [DetailField] = []
        if let level = row.level { fields.append(DetailField("level", level.name)) }
        if row.isOutside { fields.append(DetailField("where", "outside")) }
        if row.alerts > 0 { fields.append(DetailField("alerts", "\(row.alerts) of its ends", .warning)) }
        if row.mark == .unsure { fields.append(DetailField("who", "nobody can say for sure", .warning)) }
        return fields
    }

    private static func remarks(_ edge: FoldedEdge) -> [DetailField] {
        EdgeText.remarks(edge).map { DetailField("note", $0, edge.isCrossing ? .crossing : .warning) }
    }

    private static func list(_ title: String, _ edges: [FoldedEdge], _ other: (FoldedEdge) -> String) -> [DetailField] {
        guard !edges.isEmpty else { return [] }
        let fields = edges.prefix(limit).map { edge in
            DetailField(
                EdgeText.service(edge.key),
                "\(other(edge))  \(EdgeText.amount(edge))",
                edge.isCrossing ? .crossing : .plain
            )
        }
        return [.heading("\(title) \(edges.count)")] + fields + more(edges.count)
    }

    private static func more(_ count: Int) -> [DetailField] {
        count > limit ? [DetailField("", "\(AmountText.count(UInt64(count - limit))) more", .quiet)] : []
    }
}
