import Graph

extension ChartLayouter {
    /// From a plan to places on the screen.
    mutating func finish(
        _ plan: Plan,
        _ scene: Scene,
        _ graph: FoldedGraph,
        tracks: [Int],
        size: ChartSize,
        options: LayoutOptions
    ) -> ChartLayout {
        var layout = ChartLayout()
        layout.quiet = scene.quiet
        var widest = [Int](repeating: 1, count: plan.layerCount)
        for name in 0..<plan.names {
            widest[plan.items[name].layer] = max(widest[plan.items[name].layer], scene.widths[name])
        }
        let columns = columns(widest, tracks, size, options)
        self.columns = columns
        if self.columns == nil || plan.rowCount * spacing > size.rows { spacing = 1 }
        spacing = options.spacesRows && plan.rowCount * 2 - 1 <= size.rows ? 2 : 1
        layout.spacing = spacing
        layout.layers = columns.layers
        layout.labelWidth = columns.labelWidth
        let height = plan.rowCount == 0 ? 0 : (plan.rowCount - 1) * spacing + 1
        layout.size = ChartSize(columns: columns.width, rows: height)
        layout.fits = columns.width <= size.columns && height <= size.rows
        (layout.visibleLayers, layout.firstColumn) = columns.visible(from: options.firstLayer, width: size.columns)

        var start: [Int] = []
        for name in 0..<plan.names {
            let item = plan.items[name]
            let column = columns.layers[item.layer]
            let width = min(scene.widths[name], column.width)
            start.append(column.x + min(width + 1, column.width))
            layout.rows.append(
                PlacedRow(
                    key: scene.keys[name],
                    index: scene.names[name],
                    layer: item.layer,
                    x: column.x,
                    y: item.row * spacing,
                    width: width
                )
            )
        }
        place(plan, scene, columns, &layout)
        draw(plan, scene, columns, start, &layout)
        layout.figures.rows = plan.rowCount
        layout.figures.edgesDrawn = plan.links.reduce(0) { $0 + $1.edges.count }
        layout.figures.tracks = tracks.reduce(0, +)
        layout.figures.backEdges = plan.links.reduce(0) { $0 + ($1.isBack ? 1 : 0) }
        layout.ink = InkGrid(layout)
        layout.figures.gaps = layout.ink.gaps
        layout.figures.merges = layout.ink.merges
        return layout
    }

    /// The columns of the last frame, if they still do; they only grow, so that names stay where they are.
    private func columns(_ names: [Int], _ tracks: [Int], _ size: ChartSize, _ options: LayoutOptions) -> Columns {
        if let old = self.columns, old.hasRoom(names: names.count, tracks: tracks) {
            guard old.cuts(names), old.width < size.columns, old.layers.count > 1 else { return old }
            // There is room for names that are longer than those were that the columns were made for.
            let wanted = zip(names, old.layers).map { max($0, $1.width) }
            let wide = Columns(names: wanted, tracks: old.room, width: size.columns, options: options)
            return wide.width <= size.columns && wide.isWider(than: old) ? wide : old
        }
        var tracks = tracks
        if let old = self.columns, old.layers.count == names.count {
            let grown = zip(tracks, old.room).map { max($0, $1) }
            let wide = Columns(names: names, tracks: grown, width: size.columns, options: options)
            if wide.width <= size.columns { tracks = grown }
        }
        return Columns(names: names, tracks: tracks, width: size.columns, options: options)
    }

    private func place(_ plan: Plan, _ scene: Scene, _ columns: Columns, _ layout: inout ChartLayout) {
        var keys: [Int32: RowKey] = [:]
        for (name, number) in scene.numbers.enumerated() { keys[number] = scene.keys[name] }
        for trunk in plan.trunks where trunk.needsTrack {
            guard let owner = keys[trunk.key.owner] else { continue }
            func rows(_ items: [Int]) -> [Int] { items.map { plan.items[$0].row * spacing } }
            layout.trunks.append(
                PlacedTrunk(
                    owner: owner,
                    layer: trunk.channel,
                    x: columns.x(track: trunk.column, of: trunk.channel),
                    top: trunk.top * spacing,
                    bottom: trunk.bottom * spacing,
                    entries: rows(trunk.entries),
                    exits: rows(trunk.exits + trunk.bends.map(\.item)),
                    homes: rows(trunk.homes),
                    returnEntry: trunk.returnEntry >= 0 ? plan.items[trunk.returnEntry].row * spacing : nil
                )
            )
        }
    }

    private func draw(_ plan: Plan, _ scene: Scene, _ columns: Columns, _ start: [Int], _ layout: inout ChartLayout) {
        let heads = plan.homeHeads(columns, start: start)
        for index in plan.links.indices.sorted(by: { (plan.links[$0].strength, $0) < (plan.links[$1].strength, $1) }) {
            let link = plan.links[index]
            var points = plan.path(index, columns, start: start, homeHead: heads)
            for point in points.indices { points[point].y *= spacing }
            layout.lines.append(
                PlacedLine(
                    edges: link.edges,
                    source: scene.keys[link.source],
                    destination: scene.keys[link.target],
                    strength: link.strength,
                    isDropped: link.isDropped,
                    isBack: link.isBack,
                    points: points
                )
            )
        }
    }
}
