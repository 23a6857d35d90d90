import Graph
import Layout

/// How the selection goes over the chart: up and down in its layer, left to whoever calls it, right to whom it calls.
extension ChartView {
    private var selected: PlacedRow? { layout.rows.first { $0.key == choices.selection } }

    mutating func select(_ key: RowKey?) {
        choices.selection = key
        choices.edge = nil
        guard let placed = layout.rows.first(where: { $0.key == key }) else { return }
        if !layout.fits, !layout.visibleLayers.contains(placed.layer) { choices.firstLayer = placed.layer }
    }

    /// The first row from the top left, where none is selected.
    private mutating func selectFirst() {
        select(layout.rows.min { ($0.layer, $0.y) < ($1.layer, $1.y) }?.key ?? folded.rows.first?.key)
    }

    mutating func moveVertically(_ step: Int) {
        guard let from = selected else { return selectFirst() }
        let column = layout.rows.filter { $0.layer == from.layer }.sorted { $0.y < $1.y }
        guard let index = column.firstIndex(where: { $0.key == from.key }) else { return }
        let next = min(max(index + step, 0), column.count - 1)
        if next != index { return select(column[next].key) }
        // Past the end of a layer: the nearest row in that direction, wherever it stands.
        let others = layout.rows.filter { step < 0 ? $0.y < from.y : $0.y > from.y }
        let nearest = others.min {
            (abs($0.y - from.y), abs($0.layer - from.layer)) < (abs($1.y - from.y), abs($1.layer - from.layer))
        }
        if let nearest { select(nearest.key) }
    }

    mutating func moveHorizontally(toCallees: Bool) {
        guard let from = selected else { return selectFirst() }
        let edges = edges(of: from.key).filter {
            toCallees ? $0.key.source == from.key : $0.key.destination == from.key
        }
        let drawn = Set(layout.rows.map(\.key))
        let next = edges.map { toCallees ? $0.key.destination : $0.key.source }.first {
            drawn.contains($0) && $0 != from.key
        }
        if let next { select(next) }
    }

    mutating func moveToEnd(isLast: Bool) {
        let ordered = layout.rows.sorted { ($0.layer, $0.y) < ($1.layer, $1.y) }
        select((isLast ? ordered.last : ordered.first)?.key)
    }

    /// The next or the previous edge of the selection; crossings first, then by weight.
    mutating func moveEdge(_ step: Int) {
        if choices.selection == nil { selectFirst() }
        guard let selection = choices.selection else { return }
        let edges = edges(of: selection).sorted { $0.isCrossing && !$1.isCrossing }
        guard !edges.isEmpty else { return }
        let index = edges.firstIndex { $0.key == choices.edge }.map { ($0 + step + edges.count) % edges.count }
        choices.edge = edges[index ?? (step > 0 ? 0 : edges.count - 1)].key
    }

    /// The next docked hub; after the last one none.
    mutating func nextHub(_ step: Int) {
        guard !layout.hubs.isEmpty else { return }
        let index = layout.hubs.firstIndex { $0.key == choices.hub }
        let next = index.map { $0 + step } ?? (step > 0 ? 0 : layout.hubs.count - 1)
        choices.hub = layout.hubs.indices.contains(next) ? layout.hubs[next].key : nil
    }

    /// Draws the chosen hub, or all; the second time none.
    mutating func drawHubs() {
        if let hub = choices.hub {
            if case .only(let rows) = choices.hubs, rows.contains(hub.row) {
                choices.hubs = .docked
            } else {
                choices.hubs = .only([hub.row])
            }
        } else {
            choices.hubs = choices.hubs == .docked ? .all : .docked
        }
    }

    /// Unfolds or folds the selection by a rung, or all of the chart where nothing is selected.
    mutating func changeFold(isFiner: Bool) {
        if let row = row(choices.selection) {
            if isFiner, !row.joined.isEmpty {
                choices.folds.part(row)
            } else if isFiner {
                choices.folds.unfold(row.key)
            } else {
                choices.folds.fold(row.key, into: folder.parents(of: row))
            }
            tidy()
            return
        }
        let now = choices.folds.rung ?? folded.rung
        guard let next = isFiner ? now.finer : now.coarser else { return }
        choices.folds.choose(next)
        refold()
    }

    /// Who stands at a cell of the area that the chart is drawn in.
    func row(atLine line: Int, column: Int) -> RowKey? {
        let (y, x) = (line + choices.firstLine, column + layout.firstColumn)
        return layout.rows.first { $0.y == y && ($0.x..<($0.x + $0.width)).contains(x) }?.key
    }
}
