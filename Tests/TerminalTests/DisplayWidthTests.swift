import Glibc
import Testing

@testable import Terminal

@Suite("Display width")
struct DisplayWidthTests {
    @Test(arguments: [
        ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("ｱ", 1), ("ア", 2), ("Ａ", 2), ("─", 1), ("►", 1), ("…", 1),
        ("한", 2), ("\u{1112}\u{1161}\u{11ab}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍💻", 2), ("🏃🏽‍♀️", 2), ("👩‍❤️‍👨", 2),
        ("🇩🇪", 2), ("❤", 1), ("❤️", 2), ("1️⃣", 2), ("☎", 1), ("⌚", 2), ("ก็", 1), ("का", 2), ("\u{202e}", 1), ("", 0),
    ])
    func isWhatTerminalsUse(text: String, columns: Int) {
        #expect(DisplayWidth().of(text) == columns)
    }

    @Test func isTwoForTheAmbiguousWhereAsked() {
        let wide = DisplayWidth(isAmbiguousWide: true)
        #expect("─×…○".unicodeScalars.map(wide.of) == [2, 2, 2, 2])
        #expect("►a漢".unicodeScalars.map(wide.of) == [1, 1, 2])
        #expect(wide.of("─a") == 3)
    }

    /// glibc's table is what terminals of this system count by.
    @Test func agreesWithTheSystem() throws {
        let locale = try #require(unsafe newlocale(LC_CTYPE_MASK_ALL, "C.UTF-8", nil))
        let before = unsafe uselocale(locale)
        defer {
            unsafe uselocale(before)
            unsafe freelocale(locale)
        }
        var others: [UInt32: [UInt32]] = [:]
        for value in UInt32(0x20)...0x10ffff {
            guard let scalar = Unicode.Scalar(value), ScalarClass(scalar) != .refused else { continue }
            let system = wcwidth(wchar_t(value))
            if Int(system) != DisplayWidth().of(scalar) { others[UInt32(bitPattern: system), default: []].append(value) }
        }
        for (system, values) in others {
            print("wcwidth", Int32(bitPattern: system), values.count, values.prefix(400).map { String($0, radix: 16) })
        }
        #expect(others.isEmpty)
    }

    private var LC_CTYPE_MASK_ALL: Int32 { 1 << LC_CTYPE }
}
