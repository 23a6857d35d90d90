import Testing

@testable import Terminal

@Suite("A grid in lines")
struct GridLinesTests {
    private static let red = Style(foreground: .ansi(1), isBold: true)

    private func text(_ grid: CellGrid, _ depth: ColorDepth?) -> String {
        String(decoding: grid.lines(in: depth), as: UTF8.self)
    }

    @Test func isTextAloneWithoutColours() {
        var grid = CellGrid(width: 12, height: 3)
        grid.put("orders", row: 0, column: 2, style: Self.red)
        grid.put("漢字", row: 2, column: 0)
        #expect(text(grid, nil) == "  orders\n\n漢字\n")
    }

    @Test func endsEachLineInTheStandardStyle() {
        var grid = CellGrid(width: 12, height: 2)
        grid.put("a", row: 0, column: 0)
        grid.put("bc", row: 0, column: 1, style: Self.red)
        grid.put("漢d", row: 1, column: 0, style: Self.red)
        #expect(text(grid, .sixteen) == "a\u{1b}[1;31mbc\u{1b}[m\n\u{1b}[1;31m漢d\u{1b}[m\n")
        #expect(text(grid, ColorDepth.none) == "a\u{1b}[1mbc\u{1b}[m\n\u{1b}[1m漢d\u{1b}[m\n")
    }

    @Test func keepsBlanksThatAreSeen() {
        var grid = CellGrid(width: 6, height: 1)
        grid.put("a  ", row: 0, column: 0, style: Style(isReverse: true))
        #expect(text(grid, .sixteen) == "\u{1b}[7ma  \u{1b}[m\n")
    }

    @Test func isNothingOfNothing() {
        #expect(CellGrid(width: 0, height: 0).lines(in: .trueColor).isEmpty)
        #expect(text(CellGrid(width: 0, height: 2), .trueColor) == "\n\n")
    }

    /// Lines of random cells are what the cells say, once all that is between `ESC [` and `m` is taken away.
    @Test(arguments: 0..<20)
    func saysWhatTheCellsSay(seed: Int) {
        var dice = Dice(UInt64(seed))
        var grid = CellGrid(width: 30, height: 8)
        grid.scribble(40, &dice)
        for depth in ColorDepth.allCases {
            let bare = text(grid, depth).replacing(/\u{1b}\[[0-9;]*m/, with: "")
            #expect(!bare.unicodeScalars.contains("\u{1b}"))
            let lines = bare.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.map(Self.trimmed) == grid.lines)
        }
    }

    private static func trimmed(_ line: Substring) -> String {
        String(line.unicodeScalars.reversed().drop { $0 == " " }.reversed().map(Character.init))
    }
}
