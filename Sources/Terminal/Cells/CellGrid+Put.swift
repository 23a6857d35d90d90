extension CellGrid {
    /// Writes text into a row from `column` on, at most `limit` columns of it, and returns how many it took.
    ///
    /// What does not fit is cut at the end and `…` stands there; a wide character is never halved. Whatever the text
    /// holds, only what a terminal may show gets into the grid: see `ClusterScanner`.
    @discardableResult
    package mutating func put(
        _ text: String,
        row: Int,
        column: Int,
        style: Style = .standard,
        limit: Int = .max
    ) -> Int {
        guard contains(row, column) else { return 0 }
        let room = min(limit, width - column)
        guard room > 0 else { return 0 }
        let isCut = !fits(text, in: room)
        let end = column + (isCut ? room - 1 : room)
        var scanner = ClusterScanner(text, glyphs: glyphs)
        var at = column
        while let (cluster, width) = scanner.next(), at + width <= end {
            set(Cell(cluster: cluster, style: style, width: width), row, at)
            at += width
        }
        if isCut {
            set(Cell(cluster: Cluster(glyphs.ellipsis), style: style, width: 1), row, at)
            at += 1
        }
        return at - column
    }

    /// Writes one character, such as a piece of a line; nothing when it has no room. Returns the columns it took.
    @discardableResult
    package mutating func put(_ character: Character, row: Int, column: Int, style: Style = .standard) -> Int {
        if contains(row, column), let scalar = piece(character) {
            set(Cell(cluster: Cluster(scalar), style: style, width: 1), row, column)
            return 1
        }
        var scanner = ClusterScanner(String(character), glyphs: glyphs)
        guard contains(row, column), let (cluster, columns) = scanner.next(), column + columns <= width else {
            return 0
        }
        set(Cell(cluster: cluster, style: style, width: columns), row, column)
        return columns
    }

    /// A character whose width needs no looking up: ASCII and, where they may be drawn, pieces of lines and their arrowheads.
    private func piece(_ character: Character) -> Unicode.Scalar? {
        let scalars = character.unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else { return nil }
        if scalar.value >= 0x20, scalar.value < 0x7f { return scalar }
        // The console has not all of them.
        guard glyphs == .unicode else { return nil }
        return 0x2500...0x257f ~= scalar.value || scalar.value == 0x25ba || scalar.value == 0x25c4 ? scalar : nil
    }

    private func fits(_ text: String, in room: Int) -> Bool {
        // No character takes more columns than bytes.
        if text.utf8.count <= room { return true }
        var scanner = ClusterScanner(text, glyphs: glyphs)
        var columns = 0
        while let (_, width) = scanner.next() {
            columns += width
            if columns > room { return false }
        }
        return true
    }
}
