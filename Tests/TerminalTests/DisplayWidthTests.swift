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

    /// glibc's table is what many terminals of this system count by. Where it differs, a row is written so that it does
    /// not matter.
    @Test func agreesWithTheSystem() throws {
        let widths = try SystemWidths()
        var compared = 0
        for value in UInt32(0x20)...0x10ffff {
            guard let scalar = Unicode.Scalar(value), ScalarClass(scalar) != .refused else { continue }
            compared += 1
            let (ours, system) = (DisplayWidth().of(scalar), widths.of(scalar))
            if ours != system, !Cluster.isDisputed(value) {
                Issue.record("\(String(value, radix: 16)): \(ours), by wcwidth \(system)")
            }
        }
        #expect(compared > 100_000)
    }

    @Test func isDisputedWhereTablesChanged() {
        #expect(Cluster("\u{4dc0}").isDisputed && Cluster("\u{2630}").isDisputed && Cluster("💾").isDisputed)
        #expect(!Cluster("漢").isDisputed && !Cluster("─").isDisputed && !Cluster("a").isDisputed)
    }
}

/// wcwidth(3) in UTF-8, which Swift's Glibc leaves out.
@safe private final class SystemWidths {
    private typealias Function = @convention(c) (Int32) -> Int32
    private let function: Function
    private let locale: locale_t
    private let before: locale_t?

    init() throws {
        guard let symbol = unsafe dlsym(nil, "wcwidth"), let locale = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        else {
            throw Missing()
        }
        function = unsafe unsafeBitCast(symbol, to: Function.self)
        unsafe self.locale = unsafe locale
        unsafe before = unsafe uselocale(locale)
    }

    deinit {
        unsafe uselocale(before)
        unsafe freelocale(locale)
    }

    func of(_ scalar: Unicode.Scalar) -> Int { Int(function(Int32(scalar.value))) }

    struct Missing: Error {}
}
