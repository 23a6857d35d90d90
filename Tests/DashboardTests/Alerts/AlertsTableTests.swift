import Addressing
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Table of alerts")
struct AlertsTableTests {
    private func expect(
        _ name: String,
        _ snapshot: Snapshot,
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        theme: Theme = Theme(background: .dark),
        isStyled: Bool = false,
        keys: String = ""
    ) throws {
        var table = AlertsTable()
        table.signs.levels = Example.levels.levels
        try Screen.expect("alerts-\(name)", width, height, glyphs: glyphs, theme: theme, isStyled: isStyled) {
            grid,
            area in
            table.draw(snapshot, on: &grid, in: area)
            for key in keys {
                _ = table.handle(.character(key), [])
                table.draw(snapshot, on: &grid, in: area)
            }
            grid.clear()
            table.draw(snapshot, on: &grid, in: area)
        }
    }

    private func lines(_ table: inout AlertsTable, _ snapshot: Snapshot, _ width: Int = 120) -> [String] {
        Screen.lines(width, 20) { grid, area in table.draw(snapshot, on: &grid, in: area) }
    }

    @Test func drawsSomeManyAndAFew() throws {
        let alerts = Example.alerts()
        try expect("80", Example.snapshot(alerts: alerts))
        try expect("120", Example.snapshot(alerts: alerts), 120, 40)
        try expect("200", Example.snapshot(alerts: alerts), 200, 60)
        try expect("one", Example.snapshot(alerts: Array(alerts.suffix(1))))
        let many = Example.snapshot(alerts: Example.alerts(2000)) { $0.olderAlerts = 12_345 }
        try expect("2000", many, 80, 24, keys: "sjjj")
    }

    @Test func drawsNarrowPlainColouredAndHostile() throws {
        let snapshot = Example.snapshot(alerts: Example.alerts())
        try expect("narrow", snapshot, 40, 12)
        try expect("ascii", snapshot, 80, 12, glyphs: .ascii)
        try expect("console", snapshot, 80, 12, glyphs: .console)
        try expect("colours", snapshot, 80, 14, isStyled: true)
        try expect("light", snapshot, 80, 14, theme: Theme(.light), isStyled: true)
        let hostile = Example.snapshot(alerts: Example.alerts(hostile: Example.hostile))
        try expect("hostile", hostile, 120, 14, keys: "j")
        try expect("hostile-ascii", hostile, 120, 14, glyphs: .ascii, keys: "j")
    }

    @Test func severitiesAreApartByLettersAndByMarks() {
        let signs = AlertSeverity.allCases.map(\.sign)
        #expect(Set(signs).count == 4)
        #expect(signs.allSatisfy { $0.utf8.count == 3 && $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x21 } })
        // No two neighbours by their colour only, and the worst in the colour of errors.
        #expect(AlertSeverity.critical.role == .crossing)
        #expect(AlertSeverity.low.role == .plain)
    }

    @Test(arguments: [(true, "nothing-found"), (false, "off"), (nil, "unknown")])
    func nothingSaysSinceWhenAndWhetherAnythingIsLookedFor(isJudged: Bool?, name: String) throws {
        let snapshot = Example.snapshot(alerts: []) { $0.isJudged = isJudged }
        try expect("none-\(name)", snapshot, 80, 12)
    }

    @Test func beginsWithTheMonitorOrWithTheFile() {
        var live = Example.snapshot(alerts: [])
        #expect(AlertsTable.beginning(of: live) == Example.flows.map(\.first).min())
        live.origin = .agent(host: "node-a", socket: "")
        #expect(AlertsTable.beginning(of: live) == nil)
        live.health.started = Example.end
        #expect(AlertsTable.beginning(of: live) == Example.end)
        var table = AlertsTable()
        #expect(lines(&table, live).contains { $0.contains("Nothing found since 2026-11-24") })
    }

    @Test func theNewestStandsFirstAndSortingBySeverityKeepsThat() {
        var table = AlertsTable()
        let snapshot = Example.snapshot(alerts: Example.alerts())
        _ = lines(&table, snapshot)
        #expect(table.selected?.rule == "flood.syn")
        _ = table.handle(.character("s"), [])
        _ = lines(&table, snapshot)
        #expect(
            table.table.ids.map { id in snapshot.alerts.first { AlertID($0) == id }?.severity } == [95, 75, 70, 50, 30]
        )
        let equal = Example.snapshot(
            alerts: Example.alerts(5).map { alert in
                var alert = alert
                alert.severity = 50
                return alert
            }
        )
        _ = lines(&table, equal)
        #expect(table.table.ids == equal.alerts.reversed().map { AlertID($0) })
    }

    @Test func theChosenOneStaysWhateverComes() {
        var table = AlertsTable()
        let alerts = Example.alerts(100)
        _ = lines(&table, Example.snapshot(alerts: Array(alerts.prefix(50))))
        for _ in 0..<3 { _ = table.handle(.down, []) }
        _ = lines(&table, Example.snapshot(alerts: Array(alerts.prefix(50))))
        #expect(table.selected == alerts[46])
        _ = lines(&table, Example.snapshot(alerts: alerts))
        #expect(table.selected == alerts[46])
        let answer = table.handle(.enter, [])
        #expect(answer == .open)
        let last = lines(&table, Example.snapshot(alerts: Array(alerts.suffix(20)))).last ?? ""
        #expect(table.isGone)
        #expect(last.contains("gone: scan.horizontal web-6"))
        #expect(table.selected == alerts[46])
    }

    @Test func followingStaysAtTheNewest() {
        var table = AlertsTable()
        let alerts = Example.alerts(100)
        _ = table.handle(.character("f"), [])
        _ = lines(&table, Example.snapshot(alerts: Array(alerts.prefix(50))))
        #expect(table.selected == alerts[49])
        let last = lines(&table, Example.snapshot(alerts: alerts)).last ?? ""
        #expect(table.selected == alerts[99])
        #expect(last.contains("following"))
    }

    @Test func aFilterHidesAndSaysHowMany() {
        var table = AlertsTable()
        table.isShown = { $0.severity >= 70 }
        let snapshot = Example.snapshot(alerts: Example.alerts())
        #expect(lines(&table, snapshot).last?.contains("1–3 of 3, 2 hidden") == true)
        table.isShown = { _ in false }
        #expect(lines(&table, snapshot).contains { $0.contains("hides all 5 alerts") })
        #expect(table.selected == nil)
        let answer = table.handle(.enter, [])
        #expect(answer == .taken)
    }

    @Test func neverDrawsOutsideOfSmallAreas() {
        for (width, height) in [(0, 0), (1, 1), (5, 2), (20, 3), (3, 40)] {
            var table = AlertsTable()
            let lines = Screen.lines(30, 42) { grid, area in
                let part = area.part(top: 1, left: 1, width: width, height: height)
                table.draw(Example.snapshot(alerts: Example.alerts()), on: &grid, in: part)
            }
            let isOutsideEmpty = lines.enumerated().filter { $0.offset == 0 || $0.offset > height }
                .allSatisfy { $0.element.isEmpty }
            #expect(isOutsideEmpty)
            #expect(lines.allSatisfy { DisplayWidth().of($0) <= width + 1 })
        }
    }
}
