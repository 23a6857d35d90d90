import Testing

@testable import Terminal

@Suite("Grid differ")
struct GridDifferTests {
    private func bytes(
        from old: CellGrid?,
        to new: CellGrid,
        depth: ColorDepth = .trueColor,
        isSynchronized: Bool = false
    ) -> String {
        var differ = GridDiffer(depth: depth, isSynchronized: isSynchronized)
        var bytes: [UInt8] = []
        differ.append(from: old, to: new, to: &bytes)
        return String(decoding: bytes, as: UTF8.self).replacing("\u{1b}", with: "^")
    }

    private func pair(
        _ width: Int = 40,
        _ text: String = "",
        _ change: (inout CellGrid) -> Void
    ) -> (CellGrid, CellGrid) {
        var old = CellGrid(width: width, height: 6)
        old.put(text, row: 1, column: 0)
        var new = old
        change(&new)
        return (old, new)
    }

    /// Thousands of grids, each made of the one before: the bytes alone bring a screen along.
    @Test(arguments: [(7, 3), (40, 12), (91, 20)])
    func bringsAScreenFromAnyGridToAnyOther(width: Int, height: Int) {
        var dice = Dice(UInt64(width))
        var screen = ScreenEmulator(width: width, height: height)
        var shown: CellGrid?
        var grid = CellGrid(width: width, height: height)
        var differ = GridDiffer(depth: .trueColor)
        var bytes: [UInt8] = []
        for round in 0..<1500 {
            if round % 50 == 49 { grid.clear() }
            grid.scribble(Int.random(in: 0..<25, using: &dice), &dice)
            bytes.removeAll(keepingCapacity: true)
            differ.append(from: shown, to: grid, to: &bytes)
            screen.feed(bytes)
            #expect(screen.places == ScreenEmulator.places(of: grid), "\(width)×\(height), round \(round)")
            #expect(screen.strange.isEmpty && screen.penIsStandard)
            if screen.places != ScreenEmulator.places(of: grid) { break }
            shown = grid
        }
        #expect(screen.synchronized.count > 1000)
    }

    @Test func sendsNothingWhenNothingChanged() {
        let (old, new) = pair { $0.put("", row: 1, column: 3) }
        #expect(bytes(from: old, to: new, isSynchronized: true) == "")
    }

    @Test func sendsOnlyWhatChanged() {
        let (old, new) = pair(40, "72M to orders") { $0.put("4", row: 1, column: 0) }
        #expect(bytes(from: old, to: new) == "^[2H4")
        #expect(bytes(from: old, to: new, isSynchronized: true) == "^[?2026h^[2H4^[?2026l")
    }

    @Test func writesAFewUnchangedCellsInsteadOfMoving() {
        let (old, new) = pair(40, "abcdefghijklmnop") { grid in
            grid.put("X", row: 1, column: 0)
            grid.put("X", row: 1, column: 3)
            grid.put("X", row: 1, column: 12)
        }
        #expect(bytes(from: old, to: new) == "^[2HXbcX^[8CX")
    }

    @Test func movesByLineFeedsWhereTheyAreShorter() {
        let (old, new) = pair { grid in
            grid.put("a", row: 1, column: 5)
            grid.put("b", row: 2, column: 6)
            grid.put("c", row: 3, column: 0)
            grid.put("d", row: 5, column: 30)
        }
        #expect(bytes(from: old, to: new) == "^[2;6Ha\nb\n\rc^[6;31Hd")
    }

    @Test func changesTheStyleOnlyWhenItChanges() {
        let (old, new) = pair { grid in
            grid.put("ab", row: 0, column: 0, style: Style(foreground: .ansi(1), isBold: true))
            grid.put("c", row: 0, column: 2, style: Style(foreground: .ansi(9), isBold: true))
            grid.put("d", row: 0, column: 3, style: Style(background: .palette(99)))
        }
        #expect(bytes(from: old, to: new) == "^[H^[1;31mab^[91mc^[0;48;5;99md^[m")
    }

    @Test func keepsEmphasisWithoutColours() {
        let (old, new) = pair { grid in
            grid.put("a", row: 0, column: 0, style: Style(foreground: .rgb(255, 0, 0), isReverse: true))
            grid.put("b", row: 0, column: 1, style: Style(foreground: .ansi(4), isReverse: true))
        }
        #expect(bytes(from: old, to: new, depth: .none) == "^[H^[7mab^[m")
    }

    @Test func erasesTheRestOfARow() {
        let (old, new) = pair(40, "a long text that goes") { $0.fill(rows: 1..<2, columns: 2..<40, style: .standard) }
        #expect(bytes(from: old, to: new) == "^[2;3H^[K")
    }

    @Test func drawsAllAnewWhenTheSizeChanged() {
        var new = CellGrid(width: 41, height: 6)
        new.put("x", row: 0, column: 0)
        #expect(bytes(from: CellGrid(width: 40, height: 6), to: new) == "^[m^[2J^[Hx")
        #expect(bytes(from: nil, to: new) == "^[m^[2J^[Hx")
    }

    /// Where terminals disagree on a width, whatever stands to the right is written anew at a place that is sure.
    @Test func trustsNoWidthThatIsDisputed() {
        let (old, new) = pair(12, "abcdefghijkl") { $0.put("👩‍💻", row: 1, column: 2) }
        #expect(bytes(from: old, to: new) == "^[2;3H👩‍💻^[2;5Hefghijkl")
    }
}
