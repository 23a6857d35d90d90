import Terminal

/// The page of help: how the chart is read, and every key there is.
struct HelpView: Sendable {
    var scroll = ScrollText()

    /// From so many columns on it has two.
    static var wide: Int { 72 }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        scroll.handle(key, modifiers) ? .taken : .ignored
    }

    mutating func draw(on grid: inout CellGrid, in area: ScreenArea) {
        grid.fill(
            rows: area.top..<(area.top + area.height),
            columns: area.left..<(area.left + area.width),
            style: .standard
        )
        let (left, right) = (HelpPage.reading(grid.glyphs), HelpPage.keys)
        if area.width < Self.wide {
            scroll.draw(Self.lines(left) + [TextLine("")] + Self.lines(right), on: &grid, in: area)
            return
        }
        let middle = max(left.map { DisplayWidth().of($0.text) }.max() ?? 0, 0) + 3
        let lines = (0..<max(left.count, right.count)).map { row in
            let first = row < left.count ? left[row] : HelpPage.Line("")
            let second = row < right.count ? right[row] : HelpPage.Line("")
            let space = String(repeating: " ", count: max(middle - DisplayWidth().of(first.text), 1))
            return TextLine([(" " + first.text, first.role), (space, .plain), (second.text, second.role)])
        }
        scroll.draw(lines, on: &grid, in: area)
    }

    private static func lines(_ page: [HelpPage.Line]) -> [TextLine] { page.map { TextLine(" " + $0.text, $0.role) } }
}
