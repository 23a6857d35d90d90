import Addressing
import Containers
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

/// What alerts change of the whole screen.
@Suite("Screens with alerts")
struct AlertScreenTests {
    private let now = ShopPicture.time(ShopPicture.last)

    private func dashboard(
        glyphs: GlyphSet = .unicode,
        _ change: (inout Snapshot) -> Void = { _ in }
    ) -> Dashboard {
        var dashboard = Dashboard(DashboardSettings(glyphs: glyphs))
        var snapshot = Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.corner)
        snapshot.alerts = ShopPicture.alerts
        snapshot.isJudged = true
        change(&snapshot)
        dashboard.take(snapshot)
        return dashboard
    }

    private func press(_ keys: String, _ dashboard: inout Dashboard, width: Int = 80, height: Int = 24) {
        var grid = CellGrid(width: width, height: height)
        for key in keys {
            dashboard.draw(on: &grid, at: now)
            _ = dashboard.handle(.key(key == "\n" ? .enter : .character(key), []), at: now)
        }
    }

    private func header(_ dashboard: inout Dashboard, width: Int = 120) -> String {
        var grid = CellGrid(width: width, height: 40)
        dashboard.draw(on: &grid, at: now)
        return grid.lines.first ?? ""
    }

    @Test func theChart() throws {
        var small = dashboard { $0.graph = ShopPicture.picture() }
        try Screens.check(&small, "alerts-chart-80x24")
        var middle = dashboard { $0.graph = ShopPicture.picture() }
        try Screens.check(&middle, "alerts-chart-120x40", width: 120, height: 40)
        var plain = dashboard(glyphs: .ascii)
        try Screens.check(&plain, "alerts-chart-ascii", width: 120, height: 16, glyphs: .ascii)
        var tree = dashboard()
        try Screens.check(&tree, "alerts-chart-narrow", width: 60, height: 16)
        var row = dashboard()
        press("n", &row)
        try Screens.check(&row, "alerts-chart-next")
    }

    @Test func theViewItsDetailsAndTheFocus() throws {
        var view = dashboard()
        press("4j", &view)
        try Screens.check(&view, "alerts-view-80x24")
        var wide = dashboard()
        press("4j", &wide)
        try Screens.check(&wide, "alerts-view-200x60", width: 200, height: 60)
        press("\n", &view)
        try Screens.check(&view, "alerts-details-80x24")
        var focus = dashboard()
        press("4Gc", &focus)
        try Screens.check(&focus, "alerts-focus-80x24")
        var plain = dashboard(glyphs: .ascii)
        press("4Gc", &plain)
        try Screens.check(&plain, "alerts-focus-ascii", glyphs: .ascii)
    }

    @Test func hostileNamesAndSentences() throws {
        var alerts = Example.alerts(hostile: Example.hostile)
        for index in alerts.indices { alerts[index].rule = Example.hostile + alerts[index].rule }
        alerts[3].source.container?.description.labels = [Example.hostile: Example.hostile, "plain": "label"]
        let example = alerts
        var details = dashboard {
            $0.alerts = example
            $0.time = Example.end
            $0.flows = Example.flows
        }
        press("4j\n", &details)
        try Screens.check(&details, "alerts-details-hostile", width: 100, height: 60)
        var json = dashboard {
            $0.alerts = example
            $0.time = Example.end
        }
        press("4jy", &json)
        try Screens.check(&json, "alerts-json-hostile", width: 100, height: 60)
    }

    @Test func theHeaderCountsWhatIsSevereOfTheLastHour() {
        var some = dashboard()
        #expect(header(&some).contains("! 3 alerts"))
        press("2", &some)
        #expect(header(&some).contains("! 3 alerts"))
        var one = dashboard { $0.alerts = [ShopPicture.alerts[0]] }
        #expect(header(&one).contains("! 1 alert "))
        var none = dashboard { $0.alerts = [ShopPicture.alerts[3]] }
        #expect(!header(&none).contains("alert"))
        var late = dashboard { $0.time = ShopPicture.time(ShopPicture.last + 3600) }
        #expect(!header(&late).contains("alert"))
        // Narrow, with the clock.
        var narrow = dashboard()
        let text = header(&narrow, width: 76)
        #expect(text.hasPrefix(" Portolan  !3  ") && text.hasSuffix("11:06:40"))
        // Whatever the file is called.
        var long = dashboard { $0.origin = .files([String(repeating: "x", count: 200)]) }
        #expect(header(&long).hasPrefix(" Portolan  !3  xxx"))
    }

    @Test func marksAreOfTheFileOrOfTheLastHour() {
        var file = dashboard { $0.time = ShopPicture.time(ShopPicture.last + 7200) }
        _ = header(&file)
        #expect(file.chart.folded.rows.contains { $0.mark == .alert && $0.name.contains("debug") })
        #expect(!file.flows.signs.marks.isEmpty)
        var live = dashboard {
            $0.origin = .agent(host: "host", socket: "")
            $0.time = ShopPicture.time(ShopPicture.last + 7200)
        }
        #expect(live.chart.alerted == AlertedPlaces())
        // And they go when they are no news any more.
        var snapshot = Snapshot(origin: .agent(host: "host", socket: ""), time: now, graph: ShopPicture.corner)
        snapshot.alerts = ShopPicture.alerts
        live.take(snapshot)
        #expect(!live.chart.alerted.ends.isEmpty)
        snapshot.time = ShopPicture.time(ShopPicture.last + 3600)
        live.take(snapshot)
        #expect(live.chart.alerted == AlertedPlaces())
        #expect(live.containers.signs.marks.isEmpty)
    }

    @Test func thePastHasTheAlertsOfThen() {
        var dashboard = dashboard { snapshot in
            snapshot.timeline.start = ShopPicture.time(ShopPicture.last - 600)
            snapshot.timeline.width = 60_000_000_000
            snapshot.timeline.bins = Array(repeating: Timeline.Bin(), count: 10)
            let whole = ShopPicture.corner
            let start = ShopPicture.time(ShopPicture.last - 180)
            let minute = GraphMinute(start: start, edges: whole.edges.mapValues(\.counts), containers: [:])
            snapshot.graph = GraphPicture(
                endpoints: whole.endpoints,
                edges: whole.edges,
                minutes: [minute],
                folding: GraphFolding()
            )
        }
        // The minute of the crossing, from 180 to 120 seconds before the end; what was found later is not counted.
        press("[[[", &dashboard)
        #expect(Set(dashboard.chart.alerted.ends.values) == [["crossing.undeclared"]])
        #expect(header(&dashboard).contains("! 1 alert "))
    }

    @Test func asManyEdgesThatAreOthersAreMarkedAfterAWhile() {
        let whole = ShopPicture.corner
        let crossing = whole.edges.keys.filter { $0.port == 5432 }
        func picture(_ edges: [EdgeKey: Edge]) -> GraphPicture {
            GraphPicture(endpoints: whole.endpoints, edges: edges, minutes: [], folding: GraphFolding())
        }
        var (one, other) = (whole.edges, whole.edges)
        for key in crossing { one[key] = nil }
        if let first = other.keys.filter({ $0.port == 22 }).min() { other[first] = nil }
        var judged = JudgedAlerts()
        let alerts = [ShopPicture.alerts[0]]
        _ = judged.take(alerts, on: picture(one), at: ShopPicture.time(100))
        #expect(judged.places.edges.isEmpty && one.count == other.count)
        let soon = judged.take(alerts, on: picture(other), at: ShopPicture.time(104))
        let late = judged.take(alerts, on: picture(other), at: ShopPicture.time(105))
        #expect(!soon && late)
        #expect(Array(judged.places.edges.keys) == crossing)
    }

    @Test func aHealthyChartIsAsItWas() {
        var (healthy, judged) = (dashboard { $0.alerts = [] }, dashboard { $0.alerts = [ShopPicture.alerts[3]] })
        var (one, other) = (CellGrid(width: 120, height: 40), CellGrid(width: 120, height: 40))
        healthy.draw(on: &one, at: now)
        judged.draw(on: &other, at: now)
        #expect(one.snapshot == other.snapshot)
    }
}
