/// The text of a file, looked through before anything is made of it.
enum YAMLText {
    /// The text of bytes. Throws where they are no UTF-8, hold characters that no text has, or more brackets than anybody writes.
    static func text(_ bytes: [UInt8]) throws(LocatedMistake) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LocatedMistake(at: invalidPlace(in: bytes), "not UTF-8")
        }
        var lines = LineCount()
        var brackets = 0
        for scalar in text.unicodeScalars {
            if let fault = fault(in: scalar, at: lines.place) { throw LocatedMistake(at: lines.place, fault) }
            if scalar == "[" || scalar == "{" { brackets += 1 }
            if brackets > TextBounds.brackets {
                throw LocatedMistake(at: lines.place, "more than \(TextBounds.brackets) brackets")
            }
            lines.pass(scalar)
        }
        return text
    }

    private static func fault(in scalar: Unicode.Scalar, at place: TextPlace) -> String? {
        switch scalar {
        case "\t", "\n", "\r": nil
        case "\0"..<" ", "\u{7f}"..<"\u{a0}", "\u{2028}", "\u{2029}":
            "a control character, U+\(hexadecimal(scalar)); write it as an escape in double quotes"
        case "\u{feff}":
            place == TextPlace(line: 1, column: 1) ? nil : "a byte order mark that is not at the beginning"
        case YAMLIndicators.reserved, "\u{fffe}", "\u{ffff}": "U+\(hexadecimal(scalar)), which is no character"
        default: nil
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The line of the first byte that is no UTF-8. A line feed is no part of any other character.
    private static func invalidPlace(in bytes: [UInt8]) -> TextPlace {
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        return TextPlace(line: line + 1, column: 1)
    }
}
