import Testing

@testable import Terminal

@Suite("Cell grid")
struct CellGridTests {
    private func put(_ text: String, width: Int = 10, limit: Int = .max, glyphs: GlyphSet = .unicode) -> (String, Int) {
        var grid = CellGrid(width: width, height: 1, glyphs: glyphs)
        let used = grid.put(text, row: 0, column: 0, limit: limit)
        return (grid.lines[0], used)
    }

    @Test func cutsWhatDoesNotFit() {
        #expect(put("orders") == ("orders", 6))
        #expect(put("orders", width: 6) == ("orders", 6))
        #expect(put("orders", width: 5) == ("orde…", 5))
        #expect(put("orders", limit: 3) == ("or…", 3))
        #expect(put("orders", limit: 1) == ("…", 1))
        #expect(put("orders", limit: 0) == ("", 0))
        #expect(put("orders", limit: 3, glyphs: .ascii) == ("or~", 3))
    }

    @Test func neverHalvesAWideCharacter() {
        #expect(put("漢字漢字", width: 8) == ("漢字漢字", 8))
        #expect(put("漢字漢字", width: 7) == ("漢字漢…", 7))
        #expect(put("漢字漢字", width: 6) == ("漢字…", 5))
        #expect(put("漢字", width: 1) == ("…", 1))
        #expect(put("a漢", width: 2) == ("a…", 2))
    }

    @Test func blanksTheOtherHalfOfAWideCharacter() {
        var grid = CellGrid(width: 6, height: 1)
        grid.put("漢字", row: 0, column: 1)
        grid.put("x", row: 0, column: 2)
        #expect(grid.text(row: 0) == "  x字 ")
        grid.put("y", row: 0, column: 3)
        #expect(grid.text(row: 0) == "  xy  ")
        grid.put("漢字", row: 0, column: 0)
        grid.put("漢", row: 0, column: 1)
        #expect(grid.text(row: 0) == " 漢   ")
        grid[0, 5] = grid[0, 1]
        #expect(grid.text(row: 0) == " 漢   ")
        grid[0, 2] = .blank
        #expect(grid.text(row: 0) == "      ")
    }

    @Test func ignoresWhatIsOutside() {
        var grid = CellGrid(width: 3, height: 2)
        grid[5, 0] = .blank
        grid[-1, 9] = .blank
        #expect(grid.put("x", row: 2, column: 0) == 0)
        #expect(grid.put("x", row: 0, column: -1) == 0)
        #expect(grid.put("漢" as Character, row: 0, column: 2) == 0)
        grid.fill(rows: -3..<1, columns: 1..<99, with: "─", style: .standard)
        #expect(grid.lines == [" ──", ""])
        #expect(grid[7, 7] == .blank)
        grid.restyle(row: 9, columns: 0..<3) { $0.isBold = true }
        #expect(CellGrid(width: -1, height: 4).lines == ["", "", "", ""])
        let huge = CellGrid(width: 1 << 40, height: 1 << 40)
        #expect(huge.width == CellGrid.widest && huge.height == CellGrid.highest)
    }

    @Test func restylesWholeCharacters() {
        var grid = CellGrid(width: 6, height: 1)
        grid.put("漢字", row: 0, column: 0)
        grid.restyle(row: 0, columns: 0..<3) { $0.isReverse = true }
        #expect(grid.snapshot == "漢字\n--\naaaa\n--\na reverse\n")
    }

    @Test func printsStylesBesideTheText() {
        var grid = CellGrid(width: 12, height: 2)
        grid.put("P", row: 0, column: 0, style: Style(foreground: .ansi(6)))
        grid.put("!", row: 0, column: 1, style: Style(foreground: .ansi(1), isBold: true))
        grid.put("ads", row: 0, column: 2)
        grid.put("漢", row: 1, column: 1, style: Style(foreground: .ansi(6)))
        #expect(
            grid.snapshot == """
                P!ads
                 漢
                --
                ab
                .aa
                --
                a ansi(6) on standard
                b bold, ansi(1) on standard

                """
        )
    }
}
