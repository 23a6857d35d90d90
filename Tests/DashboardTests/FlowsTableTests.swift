import Flows
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Table of flows")
struct FlowsTableTests {
    private func table(_ change: (inout FlowsTable) -> Void = { _ in }) -> FlowsTable {
        var table = FlowsTable()
        change(&table)
        return table
    }

    private func expect(
        _ name: String,
        _ flows: [FlowRecord],
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false,
        _ change: (inout FlowsTable) -> Void = { _ in }
    ) throws {
        var table = table(change)
        let theme = Theme(background: .dark)
        try Screen.expect("flows-\(name)", width, height, glyphs: glyphs, theme: theme, isStyled: isStyled) {
            grid,
            area in
            table.draw(Example.snapshot(flows), on: &grid, in: area)
        }
    }

    @Test func readsTheFlowsOfTheShop() { #expect(Example.flows.count == 78) }

    @Test func drawsNoneOneManyAndThousands() throws {
        let named = Example.flows.map { Example.named($0) }
        try expect("none", [])
        try expect("one", Array(named.prefix(1)))
        try expect("80", Array(named.prefix(50)))
        try expect("120", Array(named.prefix(50)), 120, 40) { $0.signs = Example.levels }
        try expect("200", Array(named.prefix(50)), 200, 60) { $0.signs = Example.levels }
        try expect("5000", Example.flows(5000)) { _ = $0.handle(.character("s"), []) }
    }

    @Test func drawsNarrowPlainColouredAndHostile() throws {
        let flows = Array(Example.flows.prefix(12))
        try expect("narrow", flows, 40, 12)
        try expect("ascii", flows, 80, 12, glyphs: .ascii)
        try expect("colours", flows.map { Example.named($0) }, 80, 12, isStyled: true) { $0.signs = Example.levels }
        try expect("hostile", flows.map { Example.named($0, hostile: Example.hostile) }, 80, 12)
        try expect("hostile-ascii", flows.map { Example.named($0, hostile: Example.hostile) }, 80, 12, glyphs: .ascii)
    }

    @Test func neverDrawsOutsideOfSmallAreas() {
        for (width, height) in [(0, 0), (1, 1), (5, 2), (20, 3), (3, 40)] {
            var table = table()
            let lines = Screen.lines(30, 42) { grid, area in
                table.draw(
                    Example.snapshot(Example.flows),
                    on: &grid,
                    in: area.part(top: 1, left: 1, width: width, height: height)
                )
            }
            let outside = lines.enumerated().filter { $0.offset == 0 || $0.offset > height }.allSatisfy {
                $0.element.isEmpty
            }
            #expect(outside)
            let inside = lines.allSatisfy {
                DisplayWidth().of($0) <= width + 1 && !($0.first.map { $0 != " " } ?? false)
            }
            #expect(inside)
        }
    }

    @Test func theSelectionIsAnIdThatSurvivesSortingAndNewFlows() throws {
        var table = table()
        draw(&table, Example.flows(20))
        _ = table.handle(.down, [])
        _ = table.handle(.character("j"), [])
        draw(&table, Example.flows(20))
        let chosen = try #require(table.selected?.identifier)
        let others = (0..<FlowsTable.columns.count).map { _ in
            _ = table.handle(.character("s"), [])
            draw(&table, Example.flows(60))
            return table.selected?.identifier
        }
        #expect(others.allSatisfy { $0 == chosen })
        _ = table.handle(.character("S"), [])
        draw(&table, Example.flows(20))
        #expect(table.selected?.identifier == chosen)
        #expect(!table.isGone)
    }

    @Test func whatIsChosenAndGoneIsSaidToBeGoneAndItsPlaceIsKept() throws {
        var table = table()
        let flows = Example.flows(20)
        draw(&table, flows)
        for _ in 0..<5 { _ = table.handle(.down, []) }
        draw(&table, flows)
        let chosen = try #require(table.selected)
        let next = table.table.ids[6]
        let rest = flows.filter { $0.identifier != chosen.identifier }
        let lines = Screen.lines(100, 30) { grid, area in table.draw(Example.snapshot(rest), on: &grid, in: area) }
        #expect(table.isGone)
        #expect(table.selected == chosen)
        #expect(lines.last?.contains("gone: ") == true)
        // The next step goes to whoever stands where it stood.
        _ = table.handle(.down, [])
        draw(&table, rest)
        #expect(table.selected?.identifier == next)
        draw(&table, flows)
        #expect(!table.isGone)
    }

    @Test func followingStaysAtTheNewestUntilAKeyMoves() {
        var table = table()
        draw(&table, Example.flows(30))
        #expect(table.handle(.character("f"), []) == .taken)
        draw(&table, Example.flows(30))
        draw(&table, Example.flows(200))
        #expect(table.table.place == 199)
        let newest = Example.flows(200).map(\.first).max()
        #expect(table.selected?.first == newest)
        _ = table.handle(.up, [])
        draw(&table, Example.flows(300))
        #expect(table.table.place < 299)
        _ = table.handle(.character("f"), [])
        draw(&table, Example.flows(300))
        let last = table.selected?.identifier
        // Sorted otherwise the newest is not the last, and stays chosen.
        _ = table.handle(.character("s"), [])
        draw(&table, Example.flows(310))
        #expect(table.selected?.identifier == last)
        #expect(!table.table.followsLast)
    }

    @Test func aFilterHidesAndSaysHowMany() throws {
        var table = table { $0.isShown = { $0.protocolNumber == 17 } }
        let lines = Screen.lines(100, 20) { grid, area in
            table.draw(Example.snapshot(Example.flows), on: &grid, in: area)
        }
        let datagrams = Example.flows.count { $0.protocolNumber == 17 }
        #expect(lines.last?.contains("1–\(datagrams) of \(datagrams), \(78 - datagrams) hidden") == true)
        table.isShown = { _ in false }
        let none = Screen.lines(100, 20) { grid, area in
            table.draw(Example.snapshot(Example.flows), on: &grid, in: area)
        }
        #expect(none.contains { $0.contains("hides all 78 flows") })
        #expect(table.selected == nil)
        #expect(table.handle(.enter, []) == .taken)
    }

    @Test func unknownLossIsSaidAndNeverZero() {
        var table = table()
        var snapshot = Example.snapshot(Example.flows)
        func foot() -> String {
            Screen.lines(100, 10) { grid, area in table.draw(snapshot, on: &grid, in: area) }.last ?? ""
        }
        #expect(foot().contains("loss not known"))
        snapshot.health.packets = 1000
        snapshot.health.dropped = 0
        #expect(foot().contains("loss 0 %"))
        snapshot.health.dropped = 1
        #expect(foot().contains("loss < 0.1 %"))
    }

    @Test func sortingIsByWhatTheColumnShows() {
        var table = table()
        let flows = Example.flows.map { Example.named($0) }
        func order(_ column: FlowsTable.Column, isReversed: Bool = false) -> [FlowRecord] {
            table.table.order = ListOrder(column: column.rawValue, isReversed: isReversed)
            draw(&table, flows)
            return table.table.ids.compactMap { id in flows.first { $0.identifier == id } }
        }
        let names = order(.from).map { FlowText.source($0) }
        #expect(names == names.sorted())
        let targets = order(.to, isReversed: true).map { FlowText.destination($0) + FlowText.port($0) }
        #expect(targets == targets.sorted(by: >))
        let bytes = order(.bytes).map(\.bytes)
        #expect(bytes == bytes.sorted())
        let starts = order(.started, isReversed: true).map(\.first)
        #expect(starts == starts.sorted(by: >))
        let states = order(.state).map { FlowText.state($0) }
        #expect(states == states.sorted())
    }

    private func draw(_ table: inout FlowsTable, _ flows: [FlowRecord]) {
        _ = Screen.lines(100, 12) { grid, area in table.draw(Example.snapshot(flows), on: &grid, in: area) }
    }
}
