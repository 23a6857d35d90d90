import Addressing
import Foundation
import Support
import Terminal
import Testing

@testable import Dashboard

/// Screens as text files: what is drawn must be what somebody looked at and kept. `EXPECT=write` keeps what is drawn.
enum Screens {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens")

    static func check(
        _ dashboard: inout Dashboard,
        _ name: String,
        width: Int = 80,
        height: Int = 24,
        glyphs: GlyphSet = .unicode
    ) throws {
        var grid = CellGrid(width: width, height: height, glyphs: glyphs)
        dashboard.draw(on: &grid, at: ShopPicture.time(ShopPicture.last))
        try check(grid.snapshot + "\n", name)
    }

    static func check(_ text: String, _ name: String) throws {
        let file = folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["EXPECT"] == "write" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(text == kept, "\(name): \(text)")
    }
}
