import Testing

@testable import Terminal

/// Names come from containers, DNS and TLS: whatever they hold, a terminal sees only what takes a column.
@Suite("Hostile text")
struct HostileTextTests {
    private func shown(_ text: String, glyphs: GlyphSet = .unicode) -> String {
        var grid = CellGrid(width: 60, height: 1, glyphs: glyphs)
        grid.put(text, row: 0, column: 0)
        return grid.lines[0]
    }

    @Test(arguments: [
        ("\u{1b}[31mred", "�[31mred"), ("\u{9b}31mred", "�31mred"), ("\u{1b}]0;title\u{7}", "�]0;title�"),
        ("a\r\nb\tc\u{7f}\0d", "a��b�c��d"), ("\u{90}q\u{9c}", "�q�"),
        ("user\u{202e}gpj.exe", "user�gpj.exe"), ("\u{2066}a\u{2069}", "�a�"), ("a\u{61c}\u{200f}b", "a��b"),
        ("pay\u{200b}pal", "pay�pal"), ("a\u{200d}b", "a�b"), ("a\u{feff}b\u{ad}c\u{2060}d", "a�b�c�d"),
        ("a\u{3164}b\u{34f}c", "a�b�c"), ("\u{2028}\u{2029}", "��"), ("\u{e000}\u{10ffff}\u{378}", "���"),
        ("\u{301}a", "�a"), ("a\u{fe0f}", "a�"), ("🏴\u{e0067}\u{e007f}", "🏴��"), ("\u{200d}", "�"),
    ])
    func becomesVisible(text: String, expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: GlyphSet.allCases)
    func isNeverSentRaw(glyphs: GlyphSet) {
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var scanner = ClusterScanner("x" + String(scalar) + "y", glyphs: glyphs)
            var sent = ""
            while let (cluster, _) = scanner.next() { sent += cluster.text }
            for scalar in sent.unicodeScalars {
                let isHarmless = ScalarClass(scalar) != .refused && (glyphs != .ascii || scalar.isASCII)
                if !isHarmless { Issue.record("\(value) sends \(scalar.value)") }
            }
            if sent.unicodeScalars.count < 2 { Issue.record("\(value) hides") }
        }
    }

    @Test func cannotGrowOutOfItsCell() {
        let stacked = "Z" + String(repeating: "\u{301}", count: 5) + "z"
        #expect(shown(stacked) == stacked)
        #expect(shown("Z" + String(repeating: "\u{301}", count: 6) + "z") == "�z")
        #expect(shown("Z" + String(repeating: "\u{301}", count: 100_000) + "z") == "�z")
        #expect(shown("👨‍👩‍👧‍👦!") == "�!")
        #expect(shown(String(repeating: "👩\u{200d}", count: 50) + "👩!") == "�!")
    }

    @Test func isReadableInASCII() {
        #expect(shown("café-漢\u{1b}[m", glyphs: .ascii) == "caf?-??[m")
        #expect(shown("e\u{301}", glyphs: .ascii) == "?")
        #expect(shown("é─►漢\u{202e}", glyphs: .console) == "é─►??")
    }
}
