package import Addressing
package import Graph

/// Lays out one chart, frame after frame, so that what stood somewhere still stands there.
///
/// A value: copy it to see what another layout would give. Time is an argument, and nothing is random.
package struct ChartLayouter: Sendable {
    var dock = HubDock()
    var budget = InkBudget()
    var classes = LineClasses()
    var anchors = Anchors()
    var columns: Columns?
    var spacing = 1
    private var size: ChartSize?
    private var rung: Rung?
    private var last: ChartLayout?
    private var isTidying = true

    package init() {}

    /// Forgets where things stood: for `=`, and where what is shown changes as a whole: another view or filter.
    package mutating func tidy() { isTidying = true }

    /// Where everything stands now. `size` is that of the place for the chart; `width` tells how many columns a text takes.
    package mutating func layout(
        _ graph: FoldedGraph,
        size: ChartSize,
        options: LayoutOptions = LayoutOptions(),
        at now: Timestamp,
        width: (String) -> Int
    ) -> ChartLayout {
        let isFresh = isTidying || size != self.size || graph.rung != rung
        if isFresh {
            columns = nil
            budget = InkBudget()
        }
        self.size = size
        rung = graph.rung
        isTidying = false

        let docked = dock.dock(graph, options, at: now)
        var layout = place(graph, docked, isFresh, size, options, now.nanoseconds, width)
        if options.saysLess, layout.figures.gaps > 2 * layout.figures.edgesDrawn, budget.start() {
            layout = place(graph, docked, isFresh, size, options, now.nanoseconds, width)
        }
        compare(&layout)
        last = layout
        return layout
    }

    /// What a fresh layout of the same would be; nothing moves. Where it has at most two thirds of the gaps, tidying is
    /// worth offering.
    package func fresh(
        _ graph: FoldedGraph,
        size: ChartSize,
        options: LayoutOptions = LayoutOptions(),
        at now: Timestamp,
        width: (String) -> Int
    ) -> LayoutFigures {
        anew(graph, size, options, now, width).figures
    }

    /// How a fresh layout of a graph would fare; nothing moves.
    package func fit(
        _ graph: FoldedGraph,
        size: ChartSize,
        options: LayoutOptions = LayoutOptions(),
        at now: Timestamp,
        width: (String) -> Int
    ) -> Fit {
        let layout = anew(graph, size, options, now, width)
        guard layout.size.rows <= size.rows else { return .no }
        return layout.fits && layout.figures.gaps <= 2 * layout.figures.edgesDrawn ? .whole : .high
    }

    private func anew(
        _ graph: FoldedGraph,
        _ size: ChartSize,
        _ options: LayoutOptions,
        _ now: Timestamp,
        _ width: (String) -> Int
    ) -> ChartLayout {
        var other = self
        other.tidy()
        return other.layout(graph, size: size, options: options, at: now, width: width)
    }

    private mutating func place(
        _ graph: FoldedGraph,
        _ docked: HubDock.Result,
        _ isFresh: Bool,
        _ size: ChartSize,
        _ options: LayoutOptions,
        _ now: Int64,
        _ width: (String) -> Int
    ) -> ChartLayout {
        let inked = budget.spend(docked.drawn, graph)
        var scene = Scene(
            graph,
            drawn: inked.drawn,
            isHeld: { !isFresh && anchors.isHeld($0, at: now) },
            hubs: Set(docked.hubs.map(\.key.row)),
            width: width
        )
        scene.numbers = scene.keys.map { anchors.number($0, at: now) }
        for link in scene.links {
            anchors.noteDrawn(scene.keys[link.source], at: now)
            anchors.noteDrawn(scene.keys[link.target], at: now)
        }
        let keys = scene.links.map {
            ItemKey(
                kind: $0.isPrivate ? 1 : 0,
                layer: 0,
                owner: scene.numbers[$0.source],
                target: scene.numbers[$0.target]
            )
        }
        classes.classify(&scene.links, graph, keys: keys, at: now)
        var plan = Plan(names: scene.names.count, owners: scene.numbers, links: scene.links)
        let tracks: [Int]
        if isFresh {
            (plan, tracks) = plan.fresh(outside: scene.outside, height: size.rows, effort: options.effort)
        } else {
            tracks = anchored(&plan, scene)
        }
        anchors.keep(plan, scene.keys, at: now)
        var layout = finish(plan, scene, graph, tracks: tracks, size: size, options: options)
        layout.hubs = docked.hubs
        layout.figures.edgesDocked = docked.docked
        layout.figures.edgesHidden = inked.hidden
        layout.drawnShare = inked.share
        return layout
    }

    /// What moved since the last layout, and how many cells differ.
    private func compare(_ layout: inout ChartLayout) {
        guard let last else { return }
        var places: [RowKey: PlacedRow] = [:]
        for row in last.rows { places[row.key] = row }
        for row in layout.rows {
            guard let old = places[row.key] else { continue }
            let distance = abs(old.layer - row.layer) + abs(old.y / last.spacing - row.y / layout.spacing)
            if distance > 0 { layout.figures.movedRows += 1 }
            layout.figures.movedDistance += distance
        }
        layout.figures.changedCells = layout.ink.changes(from: last.ink)
    }
}
