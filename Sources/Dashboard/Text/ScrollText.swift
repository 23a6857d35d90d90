import Terminal

/// A text that is scrolled and searched. It keeps no text, only where one is in it.
struct ScrollText: Sendable {
    private(set) var first = 0
    /// What is searched for, in lower case; empty for nothing.
    private(set) var wanted = ""
    private var page = 1
    private var count = 0
    /// Lines to the next match that is to be gone to; 0 where none is.
    private var step = 0

    init() {}

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> Bool {
        switch (key, modifiers.contains(.control)) {
        case (.down, _), (.character("j"), false): scroll(to: first + 1)
        case (.up, _), (.character("k"), false): scroll(to: first - 1)
        case (.pageDown, _), (.character("f"), true): scroll(to: first + page)
        case (.pageUp, _), (.character("b"), true): scroll(to: first - page)
        case (.home, _), (.character("g"), false): scroll(to: 0)
        case (.end, _), (.character("G"), false): scroll(to: count)
        case (.character("n"), false) where !wanted.isEmpty: step = 1
        case (.character("N"), false) where !wanted.isEmpty: step = -1
        default: return false
        }
        return true
    }

    /// Marks lines with a text, whatever the case of its letters, and goes to the first from here on.
    mutating func search(_ text: String) {
        wanted = text.lowercased()
        step = wanted.isEmpty ? 0 : 1
        first -= wanted.isEmpty ? 0 : 1
    }

    private mutating func scroll(to line: Int) {
        first = min(max(line, 0), max(count - page, 0))
    }

    /// Draws the lines that have room, and below them how much there is besides.
    mutating func draw(_ lines: [TextLine], on grid: inout CellGrid, in area: ScreenArea) {
        count = lines.count
        // The last row says how much there is below, where not all has room.
        let height = lines.count > area.height && area.height > 1 ? area.height - 1 : area.height
        page = max(height, 1)
        if step != 0 { find(lines) }
        scroll(to: first)
        for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
            var column = 0
            for (text, role) in line.pieces {
                guard column < area.width else { break }
                column += area.put(text, on: &grid, row: row, column: column, role)
            }
            if !wanted.isEmpty, line.text.lowercased().contains(wanted) {
                area.put(grid.glyphs == .ascii ? ">" : "►", on: &grid, row: row, column: 0, .selected)
            }
        }
        guard height < area.height else { return }
        let rest = lines.count - first - height
        area.put(rest > 0 ? "\(rest) more below" : "end", on: &grid, row: height, column: 1, .quiet)
    }

    private mutating func find(_ lines: [TextLine]) {
        let matches = lines.indices.filter { lines[$0].text.lowercased().contains(wanted) }
        let next =
            step > 0 ? matches.first { $0 > first } ?? matches.first : matches.last { $0 < first } ?? matches.last
        if let next { first = next }
        step = 0
    }
}
