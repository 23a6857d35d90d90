/// Texts of others, as a baseline remembers them: short, on one line, and of characters that a file can have.
enum PlainText {
    /// The text with U+FFFD for what is no character of a line, and cut between characters; nil where nothing is left.
    static func of(_ text: String, limit: Int = BaselineBounds.text) -> String? {
        // Mostly.
        let isASCII = text.utf8.count <= limit && text.utf8.allSatisfy { 0x21...0x7e ~= $0 }
        if isASCII { return text.isEmpty ? nil : text }
        var (result, length, isBlank) = ("", 0, true)
        for character in text {
            var plain = Character("\u{fffd}")
            if character.unicodeScalars.allSatisfy({ isPlain($0) }) { plain = character }
            length += plain.utf8.count
            if length > limit { break }
            result.append(plain)
            if plain != " " { isBlank = false }
        }
        return isBlank ? nil : result
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
