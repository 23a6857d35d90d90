import Addressing
import Containers
import Graph
import Layout
import Records
import Terminal

/// What alerts mean to the other views, and the ways from an alert to them.
extension Dashboard {
    /// Nanoseconds for which an alert is news.
    private static var newsSpan: Int64 { 3_600_000_000_000 }

    /// Marks what alerts speak of that are severe enough: of a file all, of the past those of then, else those of the last hour.
    mutating func markAlerts(on graph: GraphPicture) {
        guard judged.take(marking, on: graph, at: moment) else { return }
        chart.take(judged.places)
        var marks: [String: RowMark] = [:]
        for key in judged.places.ends.keys where key.kind == .container { marks[key.name] = .alert }
        flows.signs.marks = marks
        containers.signs.marks = marks
    }

    private var marking: [AlertRecord] {
        guard let snapshot = shown, !snapshot.alerts.isEmpty else { return [] }
        let severe = snapshot.alerts.reversed().filter { $0.severity >= JudgedAlerts.least }
        if let past {
            return severe.filter {
                $0.first.nanoseconds < past.span.upperBound && $0.last.nanoseconds >= past.span.lowerBound
            }
        }
        switch snapshot.origin {
        // A file that is played is looked at as what happens now.
        case .files where snapshot.playback == nil, .database: return severe
        case .files, .host, .agent: return severe.filter { isNews($0) }
        }
    }

    /// Whether it was found within an hour before what is shown ends; live a minute later will do, as clocks differ.
    private func isNews(_ alert: AlertRecord) -> Bool {
        guard let moment else { return true }
        let (age, isOver) = moment.nanoseconds.subtractingReportingOverflow(alert.time.nanoseconds)
        return !isOver && age < Self.newsSpan && age >= (past == nil ? -60_000_000_000 : 0)
    }

    /// `! 2 alerts`, or `!2` where so many columns are too few for it and the clock; nil where nothing severe was found within an hour.
    func recentAlertsText(room: Int) -> String? {
        guard let snapshot = shown else { return nil }
        let count = snapshot.alerts.count { $0.severity >= JudgedAlerts.least && isNews($0) }
        guard count > 0 else { return nil }
        let text = "! \(count) alert\(count == 1 ? "" : "s")"
        return text.utf8.count + 2 + 10 <= room ? text : "!\(count)"
    }

    /// What a key does with the chosen alert; nil where it is none of these.
    mutating func pressOnAlert(_ key: Key, _ modifiers: Modifiers) -> [DashboardRequest]? {
        guard !modifiers.contains(.control), !modifiers.contains(.alt) else { return nil }
        switch key {
        case .character("c"): showOnChart(of: { $0.source })
        case .character("C"): showOnChart(of: { $0.destination })
        case .character("e"): showEvidence()
        default: return nil
        }
        return []
    }

    /// The chart, with an end of the chosen alert in its middle.
    private mutating func showOnChart(of end: (AlertRecord) -> AlertRecord.End?) {
        guard let alert = alerts.selected else { return }
        guard let end = end(alert) else {
            message = Message(text: "this alert names nobody to whom it is done")
            return
        }
        guard let row = row(of: end) else {
            message = Message(text: "\(AlertText.name(of: end)) is not on the chart now", isFault: true)
            return
        }
        alerts.table.keep()
        go(to: .chart)
        centre(on: row.key)
        // The edge that the alert is about, where it is one.
        if let edge = chart.edges(of: row.key).first(where: {
            chart.alertedEdges[$0.key]?.contains(alert.rule) ?? false
        }) {
            chart.choices.edge = edge.key
            chart.choices.isOnCallees = edge.key.source == row.key
        }
    }

    /// The row of the chart that an end of an alert is in; of several that may be it one that is marked.
    private func row(of end: AlertRecord.End) -> FoldedRow? {
        guard let snapshot = shown else { return nil }
        let ends = AlertedPlaces.ends(of: end, in: snapshot.graph)
        let marked = ends.filter { chart.alerted.ends[$0] != nil }
        return (marked + ends).lazy.compactMap { chart.row(of: $0) }.first
    }

    /// The flows that show the chosen alert, in the table of flows.
    private mutating func showEvidence() {
        guard let alert = alerts.selected else { return }
        guard !alert.evidence.isEmpty else {
            message = Message(text: "this alert names no flows")
            return
        }
        alerts.table.keep()
        go(to: .flows)
        flows.evidence = (Set(alert.evidence), alert.rule)
    }

    /// Goes to the next alert that marks something, newest first, says it, and selects on the chart who does it.
    mutating func nextAlert(_ step: Int) {
        let known = judged.alerts
        guard !known.isEmpty else {
            message = Message(text: "no alerts")
            return
        }
        let index = known.firstIndex { AlertID($0) == judged.chosen }
        let next = index.map { ($0 + step + known.count) % known.count } ?? (step > 0 ? 0 : known.count - 1)
        let alert = known[next]
        judged.chosen = AlertID(alert)
        alerts.table.select(AlertID(alert))
        message = Message(text: "! \(alert.message)")
        if let row = row(of: alert.source) { chart.select(row.key) }
    }
}
