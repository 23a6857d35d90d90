import Records
import Testing

@Suite("Harmful characters")
struct HarmfulScalarTests {
    @Test(
        arguments: [
            "\0", "\u{7}", "\n", "\r", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}", "\u{ad}", "\u{200b}", "\u{202e}",
            "\u{2028}",
            "\u{2029}", "\u{2066}", "\u{feff}", "\u{e000}", "\u{ffff}", "\u{e0041}",
        ] as [Unicode.Scalar]
    )
    func doSomething(scalar: Unicode.Scalar) {
        #expect(scalar.isHarmful)
    }

    @Test(arguments: [" ", "a", "<", "'", "é", "\u{301}", "漢", "ש", "►", "\u{fffd}", "💾"] as [Unicode.Scalar])
    func areFewerThanThoseThatAreShown(scalar: Unicode.Scalar) {
        #expect(!scalar.isHarmful)
    }
}
