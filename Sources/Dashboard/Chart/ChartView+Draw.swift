import Graph
import Layout
import Terminal

extension ChartView {
    /// Draws the lines, the arrows with their labels, and the names.
    func draw(on grid: inout CellGrid, in area: ScreenArea) {
        let left = layout.firstColumn
        let top = choices.firstLine
        let glyphs = LineGlyphs(grid.glyphs)
        let shining = shiningInk
        let warning = alertedInk
        for y in 0..<min(area.height, max(0, layout.ink.rows - top)) {
            for x in 0..<min(area.width, max(0, layout.ink.columns - left)) {
                let cell = layout.ink[x + left, y + top]
                if cell.isEmpty { continue }
                let isShining = shining.map { !$0[x + left, y + top].isEmpty }
                let isWarned = warning.map { !$0[x + left, y + top].isEmpty } ?? false
                // Thousands of cells: not as text, which is measured first.
                grid.put(
                    glyphs.glyph(cell),
                    row: area.top + y,
                    column: area.left + x,
                    style: style(cell, isShining, isWarned, area.theme)
                )
            }
        }
        drawLabels(on: &grid, in: area)
        let (shared, touched) = (sharedAddresses, touched)
        for row in layout.rows { draw(row, shared, touched, on: &grid, in: area) }
    }

    /// Addresses that more than one row has, as tenants do.
    private var sharedAddresses: Set<Substring> {
        var (once, twice): (Set<Substring>, Set<Substring>) = ([], [])
        for row in folded.rows where row.name.utf8.contains(UInt8(ascii: "@")) {
            let address = RowText.address(of: row.name)
            if !once.insert(address).inserted { twice.insert(address) }
        }
        return twice
    }

    private func style(_ cell: InkCell, _ isShining: Bool?, _ isWarned: Bool, _ theme: Theme) -> Style {
        let isCrossing = cell.strength == .crossing
        guard let isShining else {
            if isWarned, !isCrossing { return theme.style(.warning) }
            switch cell.strength {
            case .crossing: return theme.style(.crossing)
            case .quiet, .gone: return theme.style(.quiet)
            case .busy: return theme.style(.heading)
            case .normal: return theme.style(.plain)
            }
        }
        // What was asked for stands out; the rest stays to be read.
        if isShining { return isCrossing ? theme.style(.crossing) : theme.style(.new) }
        return theme.style(.quiet)
    }

    /// The lines of the path that is shown, or of the edge or hub that is chosen; nil where nothing is.
    private var shiningInk: InkGrid? {
        if let path = shownPath {
            let pairs = Set(path.map { RowPair($0.key.source, $0.key.destination) })
            return InkGrid(layout) { pairs.contains(RowPair($0.source, $0.destination)) }
        }
        guard let edge = chosenEdge else { return nil }
        return InkGrid(layout) { $0.source == edge.key.source && $0.destination == edge.key.destination }
    }

    /// The lines of edges that alerts speak of; nil where there are none.
    private var alertedInk: InkGrid? {
        guard !alertedEdges.isEmpty else { return nil }
        return InkGrid(layout) { line in line.edges.contains { alertedEdges[folded.edges[$0].key] != nil } }
    }

    private func draw(
        _ placed: PlacedRow,
        _ shared: Set<Substring>,
        _ touched: Set<RowKey>,
        on grid: inout CellGrid,
        in area: ScreenArea
    ) {
        let (line, column) = (placed.y - choices.firstLine, placed.x - layout.firstColumn)
        guard line >= 0, line < area.height, column >= 0, column < area.width else { return }
        let row = folded.rows[placed.index]
        let text = RowText(
            row,
            glyphs: grid.glyphs,
            isTouched: touched.contains(row.key),
            sharesAddress: shared.contains(RowText.address(of: row.name))
        )
        let width = min(placed.width, area.width - column)
        text.put(on: &grid, in: area, row: line, column: column, width: width, isGrey: row.isGrey)
        guard row.key == choices.selection || row.key == choices.mark else { return }
        let columns = (area.left + column)..<(area.left + column + width)
        grid.restyle(row: area.top + line, columns: columns) { style in
            style =
                row.key == choices.selection
                ? Style(isBold: style.isBold, isReverse: true) : Style(isBold: true, isUnderlined: true)
        }
    }

    /// Rows that the chosen hub touches.
    var touched: Set<RowKey> {
        guard let hub = choices.hub, let docked = layout.hubs.first(where: { $0.key == hub }) else { return [] }
        return Set(docked.touched)
    }
}

/// From whom to whom.
struct RowPair: Hashable {
    let source: RowKey
    let destination: RowKey

    init(_ source: RowKey, _ destination: RowKey) {
        self.source = source
        self.destination = destination
    }
}

extension LineGlyphs {
    init(_ glyphs: GlyphSet) {
        switch glyphs {
        case .unicode: self = .unicode
        case .console: self = .console
        case .ascii: self = .ascii
        }
    }
}
