import Foundation
import Terminal
import Testing

@testable import Dashboard

/// A screen that is compared with a file beside the tests. `EXPECT=write` writes what is expected from now on.
enum Screen {
    /// Compares what is drawn with the file of that name; where `isStyled` with colours and the like.
    static func expect(
        _ name: String,
        _ width: Int,
        _ height: Int,
        glyphs: GlyphSet = .unicode,
        theme: Theme = Theme(),
        isStyled: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ draw: (inout CellGrid, ScreenArea) -> Void
    ) throws {
        var grid = CellGrid(width: width, height: height, glyphs: glyphs)
        draw(&grid, ScreenArea(top: 0, left: 0, width: width, height: height, theme: theme))
        let text = isStyled ? grid.snapshot : grid.lines.joined(separator: "\n") + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens/\(name).txt")
        if ProcessInfo.processInfo.environment["EXPECT"] == "write" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "\(name):\n\(text)", sourceLocation: sourceLocation)
        // Whatever came from outside, no terminal is told more than letters.
        let isHarmless = text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n"
                || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        #expect(isHarmless, sourceLocation: sourceLocation)
        guard glyphs == .ascii, !isStyled else { return }
        #expect(text.utf8.allSatisfy { $0 == 0x0a || 0x20..<0x7f ~= $0 }, sourceLocation: sourceLocation)
    }

    /// What is drawn, as lines.
    static func lines(_ width: Int, _ height: Int, _ draw: (inout CellGrid, ScreenArea) -> Void) -> [String] {
        var grid = CellGrid(width: width, height: height)
        draw(&grid, ScreenArea(top: 0, left: 0, width: width, height: height, theme: Theme()))
        return grid.lines
    }
}
