/// The characters of YAML that are not read here, and others in their place.
///
/// An alias makes much of little text: nine lines can stand for a billion values, and a mapping's keys are compared whole while it is
/// parsed. So before that `&`, `*`, `!` and `?` are replaced with characters that mean nothing to YAML, which leaves every line and
/// column where it was; texts get them back. What begins with one and stands in no quotes was an anchor, an alias, a tag or such.
enum YAMLIndicators {
    /// Characters that may stand in no file: those in the place of others, and those before keys that stand twice.
    static var reserved: ClosedRange<Unicode.Scalar> { "\u{e000}"..."\u{f8ff}" }

    private static var markers: ClosedRange<UInt32> { 0xe100...0xe1ff }

    private static func standIn(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "&": "\u{e000}"
        case "*": "\u{e001}"
        case "!": "\u{e002}"
        case "?": "\u{e003}"
        default: nil
        }
    }

    private static func original(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\u{e000}": "&"
        case "\u{e001}": "*"
        case "\u{e002}": "!"
        case "\u{e003}": "?"
        case _ where markers.contains(scalar.value): nil
        default: scalar
        }
    }

    /// The character that tells one key from another of the same text; nil when there are no more.
    static func marker(_ number: Int) -> Unicode.Scalar? {
        number < markers.count ? Unicode.Scalar(markers.lowerBound + UInt32(number)) : nil
    }

    /// A text with others in the place of the indicators.
    static func replacing(in text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text.unicodeScalars.lazy.map { standIn($0) ?? $0 })
        return String(result)
    }

    /// A text as it was before, without what marks keys.
    static func restoring(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { reserved.contains($0) }) else { return text }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text.unicodeScalars.lazy.compactMap { original($0) })
        return String(result)
    }

    /// What a text without quotes would be to YAML; nil when it is but a text.
    static func meaning(of plain: String) -> String? {
        switch plain.unicodeScalars.first {
        case "&": "an anchor, which is not read here"
        case "*": "an alias, which is not read here"
        case "!": "a tag, which is not read here"
        case "?" where plain.dropFirst().first == " ": "a key of several parts"
        default: nil
        }
    }

    /// Whether what is no YAML in a line may have been an anchor, an alias or a tag there or in the line before; `text` has others
    /// in their place.
    static func stand(in text: String, beforeLine line: Int) -> Bool {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let near = lines.dropFirst(max(0, line - 2)).prefix(2)
        return near.contains { $0.contains(/(^|[\s\[{,:])[\u{e000}-\u{e002}][^\s]/) }
    }
}
