import Records
import Support
import Terminal
import Testing

@testable import Dashboard

/// Whatever names are, each cell of the screen has one sign of what takes a column, and what is sent to a terminal is ours alone.
@Suite("Hostile names at the screen")
struct HostileNamesTests {
    private static func grids(_ name: String, _ glyphs: GlyphSet) -> [CellGrid] {
        var snapshot = Example.snapshot()
        snapshot.inventory = Example.inventory(6, hostile: name)
        Example.edges(6, in: &snapshot)
        let (width, height) = (120, 12)
        let area = ScreenArea(top: 0, left: 0, width: width, height: height, theme: Theme(background: .dark))
        var containers = CellGrid(width: width, height: height, glyphs: glyphs)
        var table = ContainersTable()
        table.draw(snapshot, on: &containers, in: area)
        var plain = CellGrid(width: width, height: height, glyphs: glyphs)
        plain.put(PlainText.of(name, glyphs), row: 0, column: 0)
        // What forgets to make it plain does no harm either.
        plain.put(name, row: 1, column: 3)
        return [containers, plain]
    }

    @Test(arguments: HostileNames.all.map(\.name)) func takeColumnsAndNothingElse(name: String) {
        for glyphs in GlyphSet.allCases {
            for grid in Self.grids(name, glyphs) {
                let text = grid.lines.joined()
                #expect(text.unicodeScalars.allSatisfy { !$0.isControlling }, "\(text)")
                if glyphs == .ascii { #expect(text.utf8.allSatisfy { 0x20..<0x7f ~= $0 }) }
                var differ = GridDiffer(depth: .none)
                var bytes: [UInt8] = []
                differ.append(from: nil, to: grid, to: &bytes)
                let sent = String(decoding: bytes, as: UTF8.self)
                // The cursor is moved by these, too.
                let moves: [Unicode.Scalar] = ["\r", "\n", "\u{8}"]
                // Of sequences only those that place and style, which end in one of these letters.
                let rest = sent.replacing(#/\u{1b}\[[0-9;?]*[HfABCDGdJKXbmhl]/#, with: "")
                #expect(rest.unicodeScalars.allSatisfy { !$0.isControlling || moves.contains($0) })
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isControlling: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}
