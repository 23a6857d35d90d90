import Export
import Testing

@Suite("Harmless text")
struct HarmlessTextTests {
    @Test func leavesWhatIsPlain() {
        for text in ["cart", "名前", "a \"b\" <c> & 'd' \\ ]]>", "שלום", "é"] { #expect(HarmlessText.text(text) == text) }
    }

    @Test func replacesWhatControlsOrReorders() {
        #expect(HarmlessText.text("a\u{1b}[2Jb") == "a\u{fffd}[2Jb")
        #expect(HarmlessText.text("\u{202e}x\n\u{85}\u{2028}\u{7f}") == "\u{fffd}x\u{fffd}\u{fffd}\u{fffd}\u{fffd}")
        #expect(HarmlessText.text("\u{ffff}\u{e000}") == "\u{fffd}\u{fffd}")
    }

    @Test func cutsWhatIsLongAndWhatIsPiledUp() {
        let long = HarmlessText.text(String(repeating: "x", count: 5000))
        #expect(long.count == HarmlessText.limit + 1 && long.hasSuffix("x…"))
        let pile = HarmlessText.text("a" + String(repeating: "\u{301}", count: 1000) + "b")
        #expect(pile.unicodeScalars.map(\.value) == [0x61, 0x301, 0x301, 0x62])
    }
}
