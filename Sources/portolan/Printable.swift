import Records

/// Text from outside, made harmless for a terminal.
enum Printable {
    /// Control characters, line breaks and what reorders text become U+FFFD.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(scalar.isHarmful ? "\u{fffd}" : scalar)
        }
        return result
    }
}
