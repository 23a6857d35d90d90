import Terminal

/// Text in lines of so many columns.
enum Wrapping {
    /// The most lines one text becomes; the rest is left out, and an ellipsis says so.
    static var limit: Int { 200 }

    /// Breaks after blanks where there are any, else anywhere; nothing is wider than `width`, which is at least 2.
    static func lines(of text: String, width: Int) -> [String] {
        let width = max(width, 2)
        let widths = DisplayWidth()
        if text.utf8.count <= width { return [text] }
        var lines: [String] = []
        var line = ""
        var columns = 0
        // The line up to after its last blank, and the columns of that.
        var whole: (end: String.Index, columns: Int)?
        for character in text {
            let own = widths.of(character)
            if columns + own > width {
                if lines.count == limit { return lines + ["…"] }
                if let cut = whole {
                    lines.append(String(line[..<cut.end]))
                    line = String(line[cut.end...])
                    columns -= cut.columns
                } else {
                    lines.append(line)
                    line = ""
                    columns = 0
                }
                whole = nil
            }
            line.append(character)
            columns += own
            if character == " " { whole = (line.endIndex, columns) }
        }
        return lines + [line]
    }
}
