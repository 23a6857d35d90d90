import Addressing
import Containers
import Flows
import Records
import Terminal

/// What is known of an alert, as facts.
enum AlertDetail {
    /// `flows` are those that are remembered, to say what its evidence is.
    static func fields(of alert: AlertRecord, _ flows: [FlowRecord], zone: Int, _ glyphs: GlyphSet) -> [DetailField] {
        let severity = AlertSeverity(alert.severity)
        let sign = severity.sign.filter { $0 != " " }
        var fields = [
            DetailField("what", alert.message),
            DetailField("severity", (sign.isEmpty ? "" : sign + " ") + AlertText.severity(alert), severity.role),
            DetailField("rule", alert.name.isEmpty ? alert.rule : "\(alert.rule): \(alert.name)"),
            DetailField("category", alert.category), DetailField("technique", alert.technique),
            DetailField("found", moment(alert.time, zone)), DetailField("first", moment(alert.first, zone)),
            DetailField("last", moment(alert.last, zone)),
            DetailField("count", AmountText.count(UInt64(max(alert.count, 0)))),
            DetailField("loss", AmountText.share(alert.loss), (alert.loss ?? 0) > 0 ? .warning : .plain),
        ]
        fields.removeAll { $0.value.isEmpty }
        fields += end(alert.isOfMany ? "one of many who do it" : "who does it", alert.source)
        if let destination = alert.destination { fields += end("to whom", destination) }
        return fields + evidence(of: alert, flows, glyphs)
    }

    private static func moment(_ time: Timestamp, _ zone: Int) -> String {
        let (date, clock) = TimeText.civil(time, zone: zone)
        return "\(date) \(clock)"
    }

    private static func end(_ title: String, _ end: AlertRecord.End) -> [DetailField] {
        var fields = [DetailField.heading(title)]
        if !end.address.isUnspecified { fields.append(DetailField("address", "\(end.address)")) }
        if end.kind == .unknown, end.container == nil {
            return fields + [DetailField("who", "nobody looked: no journal of this host")]
        }
        let isSure = end.confidence == .certain || end.confidence == .likely
        fields.append(
            DetailField(
                "who",
                "\(FlowDetail.kind(end.kind)), \(end.confidence.rawValue)",
                isSure ? .plain : .warning
            )
        )
        guard let container = end.container else { return fields }
        return fields + ContainerDetail.fields(of: container) + ContainerDetail.labels(container.description.labels)
    }

    private static func evidence(of alert: AlertRecord, _ flows: [FlowRecord], _ glyphs: GlyphSet) -> [DetailField] {
        guard !alert.evidence.isEmpty else { return [] }
        let wanted = Set(alert.evidence)
        var known: [FlowIdentifier: FlowRecord] = [:]
        for flow in flows where wanted.contains(flow.identifier) { known[flow.identifier] = flow }
        return [.heading("flows that show it")]
            + alert.evidence.map { identifier in
                guard let flow = known[identifier] else {
                    return DetailField("\(identifier)", "not remembered here any more", .quiet)
                }
                return DetailField("\(identifier)", FlowsTable.title(flow, glyphs))
            }
    }
}
