import Terminal

/// What a cell of a table shows: what is never cut, what is, and what is never cut after it.
struct ListCell {
    var lead: [(String, Role)] = []
    var text: String
    var role: Role = .plain
    var tail = ""

    static let none = ListCell("")

    init(_ text: String, _ role: Role = .plain) {
        self.text = text
        self.role = role
    }

    /// A name after its sign, and before what belongs to it.
    init(_ sign: EndSign, _ name: String, tail: String = "", _ glyphs: GlyphSet) {
        lead = sign.pieces(glyphs)
        text = name
        role = sign.role
        self.tail = tail
    }

    func draw(on grid: inout CellGrid, in area: ScreenArea, row: Int, _ place: ListLayout.Place, isRight: Bool) {
        let widths = DisplayWidth()
        var room = place.width
        var column = place.start
        if isRight {
            let own = min(lead.reduce(0) { $0 + widths.of($1.0) } + widths.of(text) + widths.of(tail), room)
            column += room - own
            room = own
        }
        for (piece, role) in lead where room > 0 {
            let taken = area.put(piece, on: &grid, row: row, column: column, role, limit: room)
            column += taken
            room -= taken
        }
        // The tail is what tells two of a name apart, so the name is cut before it; but something of the name stays.
        let kept = min(widths.of(tail), max(room - 4, 0))
        let taken = area.put(text, on: &grid, row: row, column: column, role, limit: room - kept)
        if kept > 0 { area.put(tail, on: &grid, row: row, column: column + taken, role, limit: kept) }
    }
}
