import Terminal

extension ListTable {
    /// The heading, the rows that have room, and of them the chosen one in reverse. `cells` gives what a row shows, by its place.
    mutating func draw(on grid: inout CellGrid, in area: ScreenArea, _ cells: (Int) -> [ListCell]) -> Range<Int> {
        let layout = ListLayout(columns, width: area.width)
        drawHeading(layout, on: &grid, in: area)
        let body = area.part(top: 1)
        let range = visible(rows: body.height)
        for (line, index) in range.enumerated() {
            let row = cells(index)
            for place in layout.places where row.indices.contains(place.column) {
                row[place.column].draw(
                    on: &grid,
                    in: body,
                    row: line,
                    place,
                    isRight: columns[place.column].isRight
                )
            }
            if index == place, !isGone { body.select(row: line, on: &grid) }
        }
        return range
    }

    private func drawHeading(_ layout: ListLayout, on grid: inout CellGrid, in area: ScreenArea) {
        for place in layout.places {
            let column = columns[place.column]
            var title = column.title
            if place.column == order.column { title += Self.arrow(order.isReversed, grid.glyphs) }
            let width = min(DisplayWidth().of(title), place.width)
            let start = column.isRight ? place.start + place.width - width : place.start
            area.put(title, on: &grid, row: 0, column: start, .heading, limit: place.width)
        }
        // A column that has no room is still what the rows are sorted by.
        guard !layout.places.contains(where: { $0.column == order.column }) else { return }
        let text = "by " + columns[order.column].title + Self.arrow(order.isReversed, grid.glyphs)
        let width = DisplayWidth().of(text)
        area.put(text, on: &grid, row: 0, column: max(area.width - width, 0), .quiet)
    }

    private static func arrow(_ isReversed: Bool, _ glyphs: GlyphSet) -> String {
        if glyphs == .unicode { return isReversed ? "↓" : "↑" }
        return isReversed ? "v" : "^"
    }
}
