import Terminal

/// What is known of one thing: facts below each other, scrolled.
struct DetailPane: Sendable {
    var title = ""
    var fields: [DetailField] = []
    var scroll = ScrollText()

    init(_ title: String, _ fields: [DetailField]) {
        self.title = title
        self.fields = fields
    }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        scroll.handle(key, modifiers) ? .taken : .ignored
    }

    mutating func draw(on grid: inout CellGrid, in area: ScreenArea) {
        area.rule(title, on: &grid, row: 0)
        scroll.draw(DetailField.lines(fields, width: area.width), on: &grid, in: area.part(top: 1))
    }
}
