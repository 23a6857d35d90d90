/// Sentences on lines.
enum TextFlow {
    /// Lines of at most `columns`, broken between words where that is possible; at least one.
    static func wrapped(_ text: String, to columns: Int, _ width: (String) -> Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var word = String(word)
            if !line.isEmpty, width(line) + 1 + width(word) > columns {
                lines.append(line)
                line = ""
            }
            while width(word) > columns {
                let part = prefix(of: word, columns: columns, width)
                lines.append(part)
                word.removeFirst(part.count)
            }
            line += line.isEmpty ? word : " " + word
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// As much of a text as fits, at least one character.
    private static func prefix(of text: String, columns: Int, _ width: (String) -> Int) -> String {
        var part = ""
        for character in text {
            if !part.isEmpty, width(part) + width(String(character)) > columns { break }
            part.append(character)
        }
        return part
    }

    /// The text in at most so many columns, with `…` for what was cut.
    static func cut(_ text: String, to columns: Int, _ width: (String) -> Int) -> String {
        guard width(text) > columns else { return text }
        return columns < 2 ? "…" : prefix(of: text, columns: columns - 1, width) + "…"
    }
}
