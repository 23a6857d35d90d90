import Graph
import Testing

@testable import Dashboard
@testable import Layout
@testable import Terminal

/// What must be told apart can be: by shape without colours, and by colour whatever cones one has.
struct ThemeTests {
    static let urgent: [Role] = [.crossing, .warning]

    /// The background and the text that a theme of ours is made for.
    private func surroundings(_ palette: Theme.Palette) -> (background: Color, text: Color) {
        palette == .dark
            ? (.rgb(0x12, 0x12, 0x12), .rgb(0xe5, 0xe5, 0xe5)) : (.rgb(0xff, 0xff, 0xff), .rgb(0, 0, 0))
    }

    @Test(arguments: [Theme.Palette.dark, .light], [ColorDepth.trueColor, .palette])
    func everyColourCanBeRead(palette: Theme.Palette, depth: ColorDepth) {
        let theme = Theme(palette)
        for role in Role.allCases where theme.color(role) != .standard {
            let contrast = ColourSight.contrast(depth.reduce(theme.color(role)), surroundings(palette).background)
            #expect(contrast >= 3, "\(role)")
        }
    }

    @Test(arguments: [Theme.Palette.dark, .light], ColourSight.allCases)
    func aCrossingAnAlertAndTheRestAreApartInColour(palette: Theme.Palette, sight: ColourSight) {
        let theme = Theme(palette)
        let text = surroundings(palette).text
        for depth in [ColorDepth.trueColor, .palette] {
            func distance(_ left: Color, _ right: Color) -> Double {
                sight.distance(depth.reduce(left), depth.reduce(right))
            }
            #expect(distance(theme.color(.crossing), theme.color(.warning)) >= 20)
            for role in Self.urgent {
                #expect(distance(theme.color(role), text) >= 20, "\(role)")
                #expect(distance(theme.color(role), theme.color(.quiet)) >= 15, "\(role)")
            }
        }
    }

    /// What the older colours of the light theme were: so that the measure is known to refuse something.
    @Test func redAndAmberOfOneLightnessAreOneColourWithoutGreenCones() {
        #expect(ColourSight.noGreen.distance(.rgb(0xb8, 0x14, 0x14), .rgb(0x7a, 0x5a, 0x00)) < 5)
        #expect(ColourSight.all.distance(.rgb(0xb8, 0x14, 0x14), .rgb(0x7a, 0x5a, 0x00)) > 50)
    }

    @Test(arguments: LineGlyphs.allCases)
    func linesOfEveryClassAreApartWithoutColours(glyphs: LineGlyphs) {
        let theme = Theme()
        // Glyph and attributes of a level and of an upright line: what is left where there are no colours.
        let looks = [LineClass.crossing, .busy, .normal, .gone].map { strength in
            let role: Role = strength == .crossing ? .crossing : strength == .busy ? .heading : .plain
            let style = ColorDepth.none.reduce(theme.style(role))
            return [[InkSide.left, .right], [.up, .down]].map { sides in
                var cell = InkCell()
                for side in sides { cell.add(side, strength) }
                return "\(glyphs.glyph(cell)) \(style)"
            }
        }
        for (index, look) in looks.enumerated() {
            for other in looks[(index + 1)...] {
                #expect(look[0] != other[0] && look[1] != other[1], "\(look) \(other)")
            }
        }
        // Crossings by their shape alone.
        #expect(Set(looks.map { $0[0].first }).count >= 3)
        #expect(looks.dropFirst().allSatisfy { $0[0].first != looks[0][0].first })
    }

    @Test(arguments: [GlyphSet.unicode, .console, .ascii])
    func endsOfEveryKindAreApartWithoutColours(glyphs: GlyphSet) {
        let marks: [RowMark?] = [nil, .alert, .blocked, .unsure, .added, .removed]
        let texts = marks.map { EndSign(mark: $0).pieces(glyphs).map(\.0).joined() }
        #expect(Set(texts).count == marks.count)
        let levels = Level.ordered(["public", "internal", "restricted"])
        let letters = [EndSign(isOutside: true), EndSign()] + levels.map { EndSign(level: $0) }
        #expect(Set(letters.map { $0.letter(glyphs) }).count == letters.count)
    }
}
