import Addressing
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Table of blocks")
struct BlocksTableTests {
    private func expect(
        _ name: String,
        _ snapshot: Snapshot,
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false,
        keys: String = ""
    ) throws {
        var table = BlocksTable()
        let theme = Theme(background: .dark)
        try Screen.expect("blocks-\(name)", width, height, glyphs: glyphs, theme: theme, isStyled: isStyled) {
            grid,
            area in
            table.draw(snapshot, on: &grid, in: area)
            for key in keys { _ = table.handle(.character(key), []) }
            grid.clear()
            table.draw(snapshot, on: &grid, in: area)
        }
    }

    private func lines(_ table: inout BlocksTable, _ snapshot: Snapshot, width: Int = 120) -> [String] {
        Screen.lines(width, 20) { grid, area in table.draw(snapshot, on: &grid, in: area) }
    }

    @Test func drawsEveryState() throws {
        let snapshot = Example.snapshot(blocks: try Example.blocks())
        try expect("80", snapshot, keys: "a")
        try expect("160", snapshot, 160, 20)
        try expect("narrow", snapshot, 40, 14)
        try expect("ascii", snapshot, 80, 14, glyphs: .ascii)
        try expect("colours", snapshot, 80, 14, isStyled: true)
        try expect("hostile", Example.snapshot(blocks: try Example.blocks(hostile: Example.hostile)), 120, 14)
    }

    /// What fails open comes first however it is sorted, then what is being verified.
    @Test func whatFailsOpenStandsFirst() throws {
        let snapshot = Example.snapshot(blocks: try Example.blocks())
        var table = BlocksTable()
        _ = lines(&table, snapshot)
        #expect(table.table.ids.map(\.number) == [13, 16, 17, 15, 14])
        _ = table.handle(.character("S"), [])
        _ = lines(&table, snapshot)
        #expect(table.table.ids.map(\.number) == [13, 16, 14, 15, 17])
        for _ in BlocksTable.columns {
            _ = table.handle(.character("s"), [])
            _ = lines(&table, snapshot)
            #expect(table.table.ids.first?.number == 13)
        }
    }

    @Test func whatEndedIsListedOnlyWhenAskedFor() throws {
        let snapshot = Example.snapshot(blocks: try Example.blocks())
        var table = BlocksTable()
        #expect(!lines(&table, snapshot).contains { $0.contains("#12") })
        #expect(lines(&table, snapshot).last?.contains("1 ended, a shows them") == true)
        _ = table.handle(.character("a"), [])
        #expect(lines(&table, snapshot).contains { $0.contains("#12") && $0.contains("ended") })
        #expect(table.table.ids.last?.number == 12)
    }

    /// The same number stands for what ended and for what holds again.
    @Test func whatHoldsAgainIsAnotherRow() throws {
        let ended = try Example.block(17, .ended)
        var table = BlocksTable()
        _ = table.handle(.character("a"), [])
        _ = lines(&table, Example.snapshot(blocks: [ended, try Example.block(17)]))
        #expect(table.table.ids.count == 2 && Set(table.table.ids).count == 2)
    }

    @Test func theChosenStaysWhenItIsGone() throws {
        var table = BlocksTable()
        let blocks = try Example.blocks()
        _ = lines(&table, Example.snapshot(blocks: blocks))
        _ = table.handle(.character("j"), [])
        _ = lines(&table, Example.snapshot(blocks: blocks))
        #expect(table.selected?.number == 16)
        let without = Example.snapshot(blocks: blocks.filter { $0.number != 16 })
        #expect(lines(&table, without).last?.contains("gone: #16 web-0 to bad.example") == true)
        #expect(table.isGone && table.selected?.number == 16)
    }

    @Test(arguments: [
        (Snapshot.Origin.files(["shop.pcapng"]), "what is in a capture is over"),
        (.host(name: "node-a", interfaces: []), "portolan run starts an agent"),
        (.database(path: "portolan.db"), "a database only remembers"),
        (.agent(host: "node-a", socket: ""), "The agent tells of no blocks"),
    ])
    func whereNobodyTellsItIsSaidWhy(origin: Snapshot.Origin, text: String) {
        var table = BlocksTable()
        let shown = lines(&table, Example.snapshot(blocks: nil, origin: origin), width: 160)
        #expect(shown.contains { $0.contains(text) }, "\(shown)")
        #expect(!shown.contains { $0.contains("0 of 0") })
    }

    @Test func nothingAndNoAnswerAreToldApart() throws {
        var table = BlocksTable()
        let nothing = lines(&table, Example.snapshot(blocks: []))
        #expect(nothing.contains { $0.contains("Nothing is blocked.") })
        #expect(nothing.contains { $0.contains("b on an edge") })
        table.isReadOnly = true
        #expect(!lines(&table, Example.snapshot(blocks: [])).contains { $0.contains("b on an edge") })
        let fault = "The agent does not tell what is blocked: it answers with 503"
        let silent = lines(&table, Example.snapshot(blocks: nil) { $0.blocksFault = fault })
        #expect(silent.contains { $0.contains(fault) })
        #expect(!silent.contains { $0.contains("Nothing is blocked") })
        // What was told before is shown, and that it is of before.
        let stale = lines(&table, Example.snapshot(blocks: try Example.blocks()) { $0.fault = "no agent answers" })
        #expect(stale.contains { $0.contains("#17") })
        #expect(stale.last?.contains("what holds now is not known") == true)
    }

    @Test func timeLeftIsNeverMadeUp() throws {
        let block = try Example.block(17)
        #expect(BlockText.left(block, now: Example.end) == "09:12")
        #expect(BlockText.left(block, now: nil) == "not known")
        let over = Timestamp(nanoseconds: Example.end.nanoseconds + 600_000_000_000)
        #expect(BlockText.left(block, now: over) == "00:00")
        #expect(BlockText.left(try Example.block(1, .ended), now: Example.end) == "-")
    }

    @Test func theFilterLooksIntoAllThatIsTold() throws {
        let blocks = try Example.blocks()
        func numbers(_ text: String) -> [UInt64] {
            let words = EdgeWords(text)
            return blocks.filter { words.hold(of: $0) }.map(\.number)
        }
        #expect(numbers("cart") == [17])
        #expect(numbers("bad.example") == [16])
        #expect(numbers("fails open") == [13])
        #expect(numbers("root !c2").isEmpty)
        #expect(numbers("#14") == [14])
        #expect(numbers("shop/ads:4") == [13])
    }
}
