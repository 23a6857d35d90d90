import Terminal

/// How a table is sorted.
struct ListOrder: Hashable, Sendable {
    /// Of the table's columns.
    var column: Int
    var isReversed: Bool
}

/// A table that is scrolled, sorted and chosen from. It keeps which rows there are by their ids, and nothing of what they show.
///
/// The selection is an id: it stays with its row when that moves. Before a key chose one, whatever stands first is chosen. When
/// the chosen one is gone, the place where it stood is kept, and moves go on from there.
struct ListTable<ID: Hashable & Sendable>: Sendable {
    let columns: [ListColumn]
    var order: ListOrder
    /// As they stand, from the first to the last.
    private(set) var ids: [ID] = []
    /// What a key chose, be it there or not.
    private(set) var selection: ID?
    /// Whether what was chosen is there no more.
    private(set) var isGone = false
    /// Where the chosen row is, or was.
    private(set) var place = 0
    /// The first row that is shown.
    private(set) var first = 0
    /// Whether the last row is chosen, whichever comes.
    private(set) var followsLast = false
    /// Rows that were shown last.
    private var page = 1

    init(_ columns: [ListColumn], order: ListOrder) {
        self.columns = columns
        self.order = order
    }

    /// The row that is chosen, where it is there.
    var chosen: ID? { isGone ? nil : selection ?? (ids.indices.contains(place) ? ids[place] : nil) }

    /// Takes the rows there are now, in their order.
    mutating func show(_ ids: [ID]) {
        self.ids = ids
        isGone = false
        if followsLast {
            place = max(ids.count - 1, 0)
            selection = ids.last
            return
        }
        guard let selection else {
            place = 0
            return
        }
        if ids.indices.contains(place), ids[place] == selection { return }
        if let now = ids.firstIndex(of: selection) {
            place = now
        } else {
            isGone = true
            place = min(place, max(ids.count - 1, 0))
        }
    }

    /// Keeps what is chosen now, whatever comes before it later.
    mutating func keep() { if selection == nil { selection = chosen } }

    /// Goes to the last row, and stays with the last whatever comes; or stops doing so.
    mutating func follow(_ follows: Bool) {
        followsLast = follows
        if follows { show(ids) }
    }

    mutating func select(_ id: ID) {
        followsLast = false
        selection = id
        show(ids)
    }

    /// Chooses what stands so many rows below the first that is shown; false where nothing does.
    mutating func select(line: Int) -> Bool {
        guard line >= 0, line < page, ids.indices.contains(first + line) else { return false }
        move(to: first + line)
        return true
    }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> Bool {
        switch (key, modifiers.contains(.control)) {
        case (.down, _), (.character("j"), false): move(to: isGone ? place : place + 1)
        case (.up, _), (.character("k"), false): move(to: place - 1)
        case (.pageDown, _), (.character("f"), true): move(to: place + page)
        case (.pageUp, _), (.character("b"), true): move(to: place - page)
        case (.home, _), (.character("g"), false): move(to: 0)
        case (.end, _), (.character("G"), false): move(to: ids.count - 1)
        case (.character("s"), false):
            let next = (order.column + 1) % columns.count
            sort(ListOrder(column: next, isReversed: columns[next].isMostFirst))
        case (.character("S"), false): sort(ListOrder(column: order.column, isReversed: !order.isReversed))
        default: return false
        }
        return true
    }

    /// What was last is not any more, so nothing is followed.
    private mutating func sort(_ order: ListOrder) {
        self.order = order
        followsLast = false
    }

    private mutating func move(to index: Int) {
        followsLast = false
        guard !ids.isEmpty else { return }
        place = min(max(index, 0), ids.count - 1)
        selection = ids[place]
        isGone = false
    }

    /// Scrolls so that the chosen row is among those that have room, and says which those are.
    mutating func visible(rows: Int) -> Range<Int> {
        page = max(rows, 1)
        guard rows > 0 else { return 0..<0 }
        if place < first { first = place }
        if place >= first + rows { first = place - rows + 1 }
        first = min(max(first, 0), max(ids.count - rows, 0))
        return first..<min(first + rows, ids.count)
    }
}
