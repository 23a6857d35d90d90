import Terminal
import Testing

@testable import Dashboard

@Suite("Help")
struct HelpViewTests {
    @Test func drawsInOneColumnOrTwo() throws {
        for (width, height, glyphs) in [
            (80, 40, GlyphSet.unicode), (120, 40, .unicode), (71, 24, .unicode), (80, 40, .ascii), (80, 24, .console),
        ] {
            var view = HelpView()
            try Screen.expect("help-\(width)x\(height)-\(glyphs.rawValue)", width, height, glyphs: glyphs) {
                grid,
                area in
                view.draw(on: &grid, in: area)
            }
        }
    }

    @Test func namesNoKeyThatIsNotThere() {
        let keys = (HelpPage.keys + HelpPage.reading(.unicode)).map(\.text)
        #expect(!keys.contains { $0.contains("acknowledge") })
        for present in [" b ", " x ", " u "] { #expect(keys.contains { $0.hasPrefix(present) }, "\(present)") }
    }

    @Test func twoColumnsNeverRunIntoEachOther() {
        let left = HelpPage.reading(.unicode).map { DisplayWidth().of($0.text) }.max() ?? 0
        let right = HelpPage.keys.map { DisplayWidth().of($0.text) }.max() ?? 0
        #expect(left + 3 + right <= HelpView.wide)
    }
}
