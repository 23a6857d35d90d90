import Containers
import Terminal
import Testing

@testable import Dashboard

@Suite("Table of containers")
struct ContainersTableTests {
    private func snapshot(_ count: Int, hostile: String = "") -> Snapshot {
        var snapshot = Example.snapshot()
        snapshot.inventory = Example.inventory(count, hostile: hostile)
        Example.edges(min(count, 8), in: &snapshot)
        return snapshot
    }

    private func expect(
        _ name: String,
        _ snapshot: Snapshot,
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false,
        keys: [Key] = []
    ) throws {
        var table = ContainersTable()
        table.signs = Example.levels
        for key in keys { _ = table.handle(key, []) }
        let theme = Theme(background: .dark)
        try Screen.expect("containers-\(name)", width, height, glyphs: glyphs, theme: theme, isStyled: isStyled) {
            grid,
            area in
            table.draw(snapshot, on: &grid, in: area)
        }
    }

    @Test func drawsNoneOneManyAndThousands() throws {
        try expect("none", Example.snapshot())
        try expect("one", snapshot(1))
        try expect("80", snapshot(50))
        try expect("120", snapshot(50), 120, 40)
        try expect("200", snapshot(50), 200, 60)
        try expect("5000", snapshot(5000), 120, 24)
    }

    @Test func drawsNarrowPlainColouredAndHostile() throws {
        try expect("narrow", snapshot(6), 40, 12)
        try expect("ascii", snapshot(6), 120, 12, glyphs: .ascii)
        try expect("colours", snapshot(6), 100, 12, isStyled: true)
        try expect("hostile", snapshot(6, hostile: Example.hostile), 120, 12)
        try expect("all", snapshot(4), 120, 12, keys: [.character("a")])
    }

    @Test func theHostStandsLastWhateverIsSortedBy() {
        var table = ContainersTable()
        _ = table.handle(.character("a"), [])
        for _ in ContainersTable.columns {
            for key: Key in [.character("s"), .character("S")] {
                _ = table.handle(key, [])
                _ = Screen.lines(120, 30) { grid, area in table.draw(snapshot(9), on: &grid, in: area) }
                #expect(table.table.ids.last == .host)
                #expect(table.table.ids.count == 10)
            }
        }
    }

    @Test func ratesAreSummedByWhoOpenedTheEdge() {
        var table = ContainersTable()
        table.table.order = ListOrder(column: ContainersTable.Column.incoming.rawValue, isReversed: true)
        _ = Screen.lines(120, 30) { grid, area in table.draw(snapshot(8), on: &grid, in: area) }
        // Of the edges to containers 1 to 7 those to 2, 4 and 6 are measured, and 6 has most.
        #expect(table.selected?.name == "web-6")
        #expect(table.selected?.incoming.text == "180k")
        #expect(table.selected?.outgoing.text == "7.0MB")
    }

    @Test func whoSaysHowSureItIs() {
        var table = ContainersTable()
        let lines = Screen.lines(200, 20) { grid, area in table.draw(snapshot(6), on: &grid, in: area) }
        #expect(lines.contains { $0.contains("web-0") && $0.hasSuffix("certain") })
        #expect(lines.contains { $0.contains("web-3") && $0.hasSuffix("ambiguous") })
        #expect(lines.contains { $0.contains("web-5") && $0.hasSuffix("by socket (2)") })
    }

    @Test func theChosenContainerStaysChosen() {
        var table = ContainersTable()
        func draw(_ count: Int) {
            _ = Screen.lines(120, 10) { grid, area in table.draw(snapshot(count), on: &grid, in: area) }
        }
        draw(12)
        _ = table.handle(.character("G"), [])
        draw(12)
        #expect(table.selected?.name == "web-9")
        #expect(table.handle(.enter, []) == .open)
        draw(40)
        #expect(table.selected?.name == "web-9")
        draw(4)
        #expect(table.isGone)
        #expect(table.selected?.name == "web-9")
    }
}
