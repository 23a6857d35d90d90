import Terminal

/// Signs that some terminals lack, put into ones that all have.
enum PlainText {
    static func of(_ text: String, _ glyphs: GlyphSet) -> String {
        guard glyphs != .unicode else { return text }
        return String(
            text.map { character in
                switch character {
                case "›", "→", "►": ">"
                case "–", "─": "-"
                default: character
                }
            }
        )
    }
}
