import Addressing
import Graph
import Layout
import Testing

struct HubDockTests {
    /// One row that many call, and a chain of others so that enough has lines.
    private func star(_ callers: Int, dropped: Bool = false) -> FoldedGraph {
        let names = (0..<30).map { "n\(10 + $0)" } + ["dns"]
        var edges = (0..<callers).map { FoldedEdge.between("n\(10 + $0)", "dns", port: 53) }
        if dropped { edges[0].isDropped = true }
        edges += (0..<29).map { FoldedEdge.between("n\(10 + $0)", "n\(11 + $0)") }
        return .made(names, edges)
    }

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    @Test func docksAtOnceWhatItSeesFirst() {
        var dock = HubDock()
        let result = dock.dock(star(20), LayoutOptions(), at: time(0))
        #expect(result.hubs.map(\.key.row.name) == ["dns"])
        #expect(result.hubs.first?.key.service?.port == 53)
        #expect(result.hubs.first?.touched.count == 20)
        #expect(result.docked == 20)
        #expect(result.drawn.count == 29)
    }

    @Test func isNoHubBelowTheShare() {
        var dock = HubDock()
        // 40 % of 31 rows are 12.4.
        #expect(dock.dock(star(12), LayoutOptions(), at: time(0)).hubs.isEmpty)
        var other = HubDock()
        #expect(other.dock(star(13), LayoutOptions(), at: time(0)).hubs.count == 1)
    }

    @Test func waitsTenSecondsWithWhatComesLater() {
        var dock = HubDock()
        #expect(dock.dock(star(5), LayoutOptions(), at: time(0)).hubs.isEmpty)
        #expect(dock.dock(star(20), LayoutOptions(), at: time(1)).hubs.isEmpty)
        #expect(dock.dock(star(20), LayoutOptions(), at: time(10)).hubs.isEmpty)
        #expect(dock.dock(star(20), LayoutOptions(), at: time(11)).hubs.count == 1)
    }

    @Test func docksAtOnceWhereMostRowsAreNew() {
        // As a file is read: first little, then much.
        var dock = HubDock()
        let little = FoldedGraph.made(["a", "b"], [.between("a", "b")])
        #expect(dock.dock(little, LayoutOptions(), at: time(0)).hubs.isEmpty)
        #expect(dock.dock(star(20), LayoutOptions(), at: time(1)).hubs.count == 1)
    }

    @Test func aDipStartsTheTenSecondsAgain() {
        var dock = HubDock()
        _ = dock.dock(star(5), LayoutOptions(), at: time(0))
        _ = dock.dock(star(20), LayoutOptions(), at: time(1))
        _ = dock.dock(star(5), LayoutOptions(), at: time(6))
        _ = dock.dock(star(20), LayoutOptions(), at: time(7))
        #expect(dock.dock(star(20), LayoutOptions(), at: time(12)).hubs.isEmpty)
        #expect(dock.dock(star(20), LayoutOptions(), at: time(17)).hubs.count == 1)
    }

    @Test func staysDockedAboveSeventyPercentAndComesBackAfterAMinute() {
        var dock = HubDock()
        _ = dock.dock(star(20), LayoutOptions(), at: time(0))
        #expect(dock.dock(star(9), LayoutOptions(), at: time(100)).hubs.count == 1)
        // Below 70 % of 12.4 from here on.
        _ = dock.dock(star(8), LayoutOptions(), at: time(101))
        #expect(dock.dock(star(8), LayoutOptions(), at: time(160)).hubs.count == 1)
        #expect(dock.dock(star(8), LayoutOptions(), at: time(161)).hubs.isEmpty)
    }

    @Test func neverDocksWhatIsDroppedOrLookedAt() {
        var dock = HubDock()
        #expect(dock.dock(star(20, dropped: true), LayoutOptions(), at: time(0)).docked == 19)
        var options = LayoutOptions()
        options.selection = RowKey(.service, "n10")
        #expect(dock.dock(star(20), options, at: time(1)).docked == 19)
        options.selection = nil
        options.path = [RowKey(.service, "n11"), RowKey(.service, "dns")]
        #expect(dock.dock(star(20), options, at: time(2)).docked == 19)
        options.path = []
        options.hubs = .all
        #expect(dock.dock(star(20), options, at: time(3)).docked == 0)
        options.hubs = .only([RowKey(.service, "dns")])
        #expect(dock.dock(star(20), options, at: time(4)).docked == 0)
    }

    @Test func doublesTheThresholdWhereTooFewKeepALine() {
        // Nothing but one star: docked, no row would have a line.
        var graph = star(20)
        graph.edges.removeAll { $0.key.destination.name != "dns" }
        var dock = HubDock()
        let result = dock.dock(graph, LayoutOptions(), at: time(0))
        #expect(result.hubs.isEmpty)
        #expect(result.drawn.count == 20)
    }

    @Test func callersOfManyAreHubsToo() {
        let names = (0..<30).map { "n\(10 + $0)" } + ["scan"]
        let edges =
            (0..<20).map { FoldedEdge.between("scan", "n\(10 + $0)", port: UInt16(22 + $0)) }
            + (0..<29).map { FoldedEdge.between("n\(10 + $0)", "n\(11 + $0)") }
        var dock = HubDock()
        let result = dock.dock(.made(names, edges), LayoutOptions(), at: time(0))
        #expect(result.hubs.map(\.key) == [HubKey(row: RowKey(.service, "scan"), service: nil)])
    }

    @Test func rowsWithNothingButHubEdgesAreQuiet() {
        var graph = star(20)
        graph.edges.removeAll { $0.key.source.name == "n10" && $0.key.destination.name == "n11" }
        var layouter = ChartLayouter()
        let layout = layouter.layout(graph, size: ChartSize(columns: 400, rows: 40), at: time(0)) { $0.count }
        #expect(layout.quiet.map(\.name) == ["n10"])
        #expect(!layout.rows.contains { $0.key.name == "n10" || $0.key.name == "dns" })
        #expect(layout.figures.edgesDocked == 20)
        #expect(layout.figures.edgesDrawn == 28)
    }
}
