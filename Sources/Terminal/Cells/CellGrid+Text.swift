/// Reading the grid back, for tests and for output that is no terminal.
extension CellGrid {
    /// A row as text, its blanks at the end included.
    package func text(row: Int) -> String {
        guard row >= 0, row < height else { return "" }
        var scalars = String.UnicodeScalarView()
        for cell in cells[row * width..<(row + 1) * width] {
            scalars.append(contentsOf: cell.text.unicodeScalars)
        }
        return String(scalars)
    }

    /// Every row as text without the blanks at its end.
    package var lines: [String] {
        (0..<height).map { row in
            let text = text(row: row)
            let blanks = text.unicodeScalars.reversed().prefix { $0 == " " }.count
            return String(text.unicodeScalars.dropLast(blanks))
        }
    }

    /// The rows, then the same rows with a letter for each style, then what the letters mean.
    ///
    /// `.` is the standard style; letters are given in the order in which the styles come. Two columns of a wide
    /// character have two letters.
    package var snapshot: String {
        var styles: [Style] = []
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let marked = (0..<height).map { row in
            var line = ""
            for column in 0..<width {
                let style = self[row, column].style
                if style == .standard {
                    line.append(".")
                    continue
                }
                let index = styles.firstIndex(of: style) ?? styles.count
                if index == styles.count { styles.append(style) }
                line.append(index < letters.count ? letters[index] : "*")
            }
            while line.last == "." { line.removeLast() }
            return line
        }
        let legend = zip(letters, styles).map { "\($0) \($1)" }
        return (lines + ["--"] + marked + ["--"] + legend).joined(separator: "\n") + "\n"
    }
}
