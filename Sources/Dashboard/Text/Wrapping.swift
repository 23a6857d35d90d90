import Terminal

/// Text in lines of so many columns.
enum Wrapping {
    /// The most lines one text becomes; the rest is left out, and an ellipsis says so.
    static var limit: Int { 200 }

    /// Facts one behind the other, with three blanks between; those that do not fit begin a line.
    static func lines(of facts: [String], width: Int) -> [String] {
        let widths = DisplayWidth()
        var lines: [String] = []
        var columns = 0
        for fact in facts {
            let own = widths.of(fact)
            if let last = lines.indices.last, columns + 3 + own <= width {
                lines[last] += "   " + fact
                columns += 3 + own
                continue
            }
            let parts = self.lines(of: fact, width: width)
            lines += parts
            columns = parts.last.map { widths.of($0) } ?? 0
        }
        return lines
    }

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
                }
                // Nothing to cut at, or what was left is still too wide.
                if whole == nil || columns + own > width {
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
