import Addressing
import Graph
import Records
import Terminal

/// Tells blocks apart, also one that ended from the same that holds again.
struct BlockID: Hashable, Sendable {
    let number: UInt64
    let ended: Timestamp?

    init(_ record: BlockRecord) {
        number = record.number
        ended = record.ended
    }
}

/// Blocks of a snapshot as a table; what fails open stands first, however it is sorted.
struct BlocksTable: Sendable {
    var table = ListTable<BlockID>(Self.columns, order: ListOrder(column: Column.number.rawValue, isReversed: true))
    /// Which blocks are shown; nil for all.
    var isShown: (@Sendable (BlockRecord) -> Bool)?
    /// Whether those that ended are listed, after the others.
    private(set) var showsEnded = false
    /// Whether nothing that acts is offered.
    var isReadOnly = false
    /// Seconds east of Greenwich.
    var zone = 0
    /// The block that is chosen, as it was told: also when it is told of no more.
    private(set) var selected: BlockRecord?
    /// What was drawn last, as places among the snapshot's.
    private var places: [Int] = []

    enum Column: Int, CaseIterable, Sendable {
        case number, state, who, what, left, packets, author, reason
    }

    static let columns = [
        ListColumn(title: "NUMBER", width: 7, isMostFirst: true),
        ListColumn(title: "STATE", width: 10),
        ListColumn(title: "WHO", width: 12, share: 3),
        ListColumn(title: "WHAT", width: 16, share: 5),
        ListColumn(title: "LEFT", width: 8),
        ListColumn(title: "PACKETS", width: 8, rank: 1, isRight: true, isMostFirst: true),
        ListColumn(title: "BY", width: 12, share: 2, rank: 2),
        ListColumn(title: "WHY", width: 16, share: 5, rank: 3),
    ]

    var isGone: Bool { table.isGone }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        switch key {
        case .enter:
            table.keep()
            return selected == nil ? .taken : .open
        case .character("a") where modifiers.isEmpty:
            showsEnded.toggle()
            return .taken
        default: return table.handle(key, modifiers) ? .taken : .ignored
        }
    }

    mutating func draw(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        let blocks = snapshot.blocks ?? []
        arrange(blocks)
        let words = selected == nil || area.height < 10 ? 0 : Self.wordsHeight
        let (places, glyphs, now) = (places, grid.glyphs, snapshot.time)
        let range = table.draw(on: &grid, in: area.part(top: 0, height: area.height - 1 - words)) { index in
            Self.cells(of: blocks[places[index]], now: now)
        }
        if places.isEmpty {
            for (row, line) in emptyLines(snapshot, width: area.width - 2).enumerated() where row + 2 < area.height {
                area.put(line, on: &grid, row: row + 1, column: 1)
            }
        }
        if words > 0 { drawWords(on: &grid, in: area.part(top: area.height - 1 - words, height: words)) }
        let foot = footText(snapshot, range, glyphs)
        let isDoubtful = table.isGone || snapshot.fault != nil || snapshot.blocksFault != nil
        area.put(foot, on: &grid, row: area.height - 1, column: 1, isDoubtful ? .warning : .quiet)
    }

    /// Filters, sorts, and finds what is chosen again.
    private mutating func arrange(_ blocks: [BlockRecord]) {
        var shown = Array(blocks.indices)
        if !showsEnded { shown.removeAll { blocks[$0].state == .ended } }
        if let isShown { shown.removeAll { !isShown(blocks[$0]) } }
        let column = Column(rawValue: table.order.column) ?? .number
        let keys = Self.keys(of: shown.map { blocks[$0] }, by: column)
        let sorted = SortKeys.order(keys, isReversed: table.order.isReversed).map { shown[$0] }
        // Equal ranks stay as they were sorted.
        let ranks = sorted.map { UInt64(blocks[$0].state.rank) }
        places = SortKeys.order(ranks, isReversed: false).map { sorted[$0] }
        table.show(places.map { BlockID(blocks[$0]) })
        if table.isGone { return }
        selected = table.chosen == nil ? nil : blocks[places[table.place]]
    }

    private static func keys(of blocks: [BlockRecord], by column: Column) -> [UInt64] {
        switch column {
        case .number: blocks.map(\.number)
        case .state: blocks.map { UInt64($0.state.rank) }
        case .who: SortKeys.ranks(of: blocks.map(\.who)) { $0 }
        case .what: SortKeys.ranks(of: blocks.map(\.what)) { $0 }
        case .left: blocks.map { $0.until.map { SortKeys.key($0.nanoseconds) } ?? .max }
        case .packets: blocks.map(\.packets)
        case .author: SortKeys.ranks(of: blocks.map(\.author)) { $0 }
        case .reason: SortKeys.ranks(of: blocks.map(\.reason)) { $0 }
        }
    }

    private static func cells(of block: BlockRecord, now: Timestamp?) -> [ListCell] {
        [
            ListCell("#\(block.number)", .quiet), ListCell(block.state.word, block.state.role), ListCell(block.who),
            ListCell(block.what), ListCell(BlockText.left(block, now: now)), ListCell(RateText.count(block.packets)),
            ListCell(block.author), ListCell(block.reason),
        ]
    }
}

extension RateText {
    /// Whole as far as eight columns go, `1.2M` past that.
    fileprivate static func count(_ value: UInt64) -> String {
        value < 1_000_000 ? AmountText.count(value) : text(Double(value))
    }
}
