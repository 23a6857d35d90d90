import Addressing
import Records
import Terminal

/// Alerts of a snapshot as a table, with the sentence of the chosen one below it.
struct AlertsTable: Sendable {
    var table = ListTable<AlertID>(
        Self.columns,
        order: ListOrder(column: Column.time.rawValue, isReversed: true)
    )
    /// Which alerts are shown; nil for all.
    var isShown: (@Sendable (AlertRecord) -> Bool)?
    var signs = EndSigns()
    /// Seconds east of Greenwich.
    var zone = 0
    /// The alert that is chosen, as it was told: also when it is told of no more.
    private(set) var selected: AlertRecord?
    /// What was drawn last: the alerts that were let through, as places in the snapshot's, in the table's order.
    private var places: [Int] = []

    enum Column: Int, CaseIterable, Sendable {
        case time, severity, rule, who, whom, count, sentence
    }

    static let columns = [
        ListColumn(title: "TIME", width: 11, isMostFirst: true),
        ListColumn(title: "SEVERITY", width: 12, isMostFirst: true),
        ListColumn(title: "RULE", width: 15, share: 1, rank: 1),
        ListColumn(title: "WHO", width: 12, share: 3),
        ListColumn(title: "WHOM", width: 12, share: 3, rank: 2),
        ListColumn(title: "COUNT", width: 6, rank: 3, isRight: true, isMostFirst: true),
        ListColumn(title: "SENTENCE", width: 30, share: 12, rank: 4, least: 120),
    ]

    var isGone: Bool { table.isGone }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        switch key {
        case .enter:
            table.keep()
            return selected == nil ? .taken : .open
        case .character("f") where !modifiers.contains(.control):
            table.order = ListOrder(column: Column.time.rawValue, isReversed: false)
            table.follow(!table.followsLast)
            return .taken
        default: return table.handle(key, modifiers) ? .taken : .ignored
        }
    }

    mutating func draw(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        let alerts = snapshot.alerts
        arrange(alerts)
        let sentence = selected == nil || area.height < 10 ? 0 : Self.sentenceHeight
        let (places, signs, zone, glyphs, now) = (places, signs, zone, grid.glyphs, snapshot.time)
        let range = table.draw(on: &grid, in: area.part(top: 0, height: area.height - 1 - sentence)) { index in
            Self.cells(of: alerts[places[index]], signs, now: now, zone: zone, glyphs)
        }
        if places.isEmpty {
            for (row, line) in emptyLines(snapshot).enumerated() where row + 2 < area.height {
                area.put(line, on: &grid, row: row + 1, column: 1, .plain)
            }
        }
        if sentence > 0 {
            drawSentence(on: &grid, in: area.part(top: area.height - 1 - sentence, height: sentence))
        }
        let foot = footText(snapshot, range, glyphs)
        area.put(foot, on: &grid, row: area.height - 1, column: 1, table.isGone ? .warning : .quiet)
    }

    /// Filters, sorts, and finds what is chosen again.
    private mutating func arrange(_ alerts: [AlertRecord]) {
        var shown = Array(alerts.indices)
        if let isShown { shown.removeAll { !isShown(alerts[$0]) } }
        let column = Column(rawValue: table.order.column) ?? .time
        let keys = Self.keys(of: shown.map { alerts[$0] }, by: column)
        places = SortKeys.order(keys, isReversed: table.order.isReversed).map { shown[$0] }
        table.show(places.map { AlertID(alerts[$0]) })
        if table.isGone { return }
        selected = table.chosen == nil ? nil : alerts[places[table.place]]
    }

    /// Of equal ones the newer stand where newer ones do when sorted by time the same way.
    private static func keys(of alerts: [AlertRecord], by column: Column) -> [UInt64] {
        switch column {
        case .time: alerts.map { SortKeys.key($0.time.nanoseconds) }
        case .severity: alerts.map { UInt64(max($0.severity, 0)) }
        case .rule: SortKeys.ranks(of: alerts.map(\.rule)) { $0 }
        case .who: SortKeys.ranks(of: alerts.map { AlertText.source($0) }) { $0 }
        case .whom: SortKeys.ranks(of: alerts.map { AlertText.destination($0) }) { $0 }
        case .count: alerts.map { UInt64(max($0.count, 0)) }
        case .sentence: SortKeys.ranks(of: alerts.map(\.message)) { $0 }
        }
    }

    private static func cells(
        of alert: AlertRecord,
        _ signs: EndSigns,
        now: Timestamp?,
        zone: Int,
        _ glyphs: GlyphSet
    ) -> [ListCell] {
        let severity = AlertSeverity(alert.severity)
        var word = ListCell(severity.rawValue, severity.role)
        word.lead = [(severity.sign + " ", severity.role)]
        return [
            ListCell(AlertText.time(alert.time, now: now, zone: zone), .quiet), word, ListCell(alert.rule),
            ListCell(signs.sign(of: alert.source), AlertText.source(alert), glyphs),
            alert.destination.map { ListCell(signs.sign(of: $0), AlertText.name(of: $0), glyphs) } ?? ListCell("-"),
            ListCell(AlertText.count(alert)), ListCell(alert.message),
        ]
    }
}
