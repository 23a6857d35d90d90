/// How many columns of a terminal text takes: ideographs two, marks that sit on a letter none.
///
/// Unicode Standard Annex 11, East Asian Width, by its blocks: what is new in a block is wide before a table says so.
enum TerminalWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return isWide(scalar.value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
            0x20000...0x3fffd:
            true
        default: false
        }
    }

    /// The text in at most so many columns: more of its beginning than of its end, and `…` for what lies between.
    static func shorten(_ text: String, to limit: Int) -> String {
        guard of(text) > limit else { return text }
        guard limit > 1 else { return limit == 1 ? "…" : "" }
        let room = limit - 1
        return prefix(of: text.unicodeScalars, columns: room - room / 3) + "…"
            + String(
                String.UnicodeScalarView(
                    prefix(of: text.unicodeScalars.reversed(), columns: room / 3).unicodeScalars.reversed()
                )
            )
    }

    private static func prefix(of scalars: some Sequence<Unicode.Scalar>, columns: Int) -> String {
        var taken = String.UnicodeScalarView()
        var left = columns
        for scalar in scalars {
            left -= of(scalar)
            if left < 0 { break }
            taken.append(scalar)
        }
        return String(taken)
    }
}
