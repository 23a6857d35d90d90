package import Addressing
import Graph
import Layout
package import Terminal

extension Dashboard {
    /// Draws all of it. `now` is the clock's time: for how long ago things were, and for what may move.
    package mutating func draw(on grid: inout CellGrid, at now: Timestamp) {
        grid.clear()
        let area = ScreenArea(top: 0, left: 0, width: grid.width, height: grid.height, theme: settings.theme)
        guard area.width >= 20, area.height >= 4 else {
            area.put("too small", on: &grid, row: 0)
            return
        }
        let foot = showsTimeline || past != nil ? TimelineBar.height : 0
        let middle = area.part(top: 1, height: area.height - 2 - foot)
        drawMiddle(on: &grid, in: middle, at: now)
        if foot > 0 { drawTimeline(on: &grid, in: area.part(top: area.height - 1 - foot, height: foot)) }
        drawOverlay(on: &grid, in: area.part(top: 1, height: area.height - 2))
        // Last: they say how many rows and edges there turned out to be.
        drawHeader(on: &grid, in: area, at: now)
        drawFooter(on: &grid, in: area)
    }

    private mutating func drawOverlay(on grid: inout CellGrid, in area: ScreenArea) {
        guard let known = overlay else { return }
        grid.fill(
            rows: area.top..<(area.top + area.height),
            columns: area.left..<(area.left + area.width),
            style: .standard
        )
        switch known {
        case .help(var view):
            view.draw(on: &grid, in: area)
            overlay = .help(view)
        case .details(var view):
            view.draw(on: &grid, in: area)
            overlay = .details(view)
        case .json(var view):
            view.draw(on: &grid, in: area)
            overlay = .json(view)
        case .packets(var view):
            view.draw(on: &grid, in: area)
            overlay = .packets(view)
        case .block(var view):
            view.draw(on: &grid, in: area)
            overlay = .block(view)
        }
    }

    private mutating func drawMiddle(on grid: inout CellGrid, in area: ScreenArea, at now: Timestamp) {
        guard let snapshot = shown else {
            area.put("Nothing has come yet.", on: &grid, row: 1, column: 3)
            return
        }
        var area = area
        if let progress = snapshot.progress {
            drawProgress(progress, on: &grid, in: area)
            area = area.part(top: min(3, area.height))
        }
        if let fault = snapshot.fault {
            area.put(fault, on: &grid, row: 0, column: 1, .warning)
            area = area.part(top: 1)
        }
        let frame = ChartView.Frame(
            span: span,
            now: moment ?? now,
            lastKey: lastKey,
            isLossy: (snapshot.health.dropped ?? 0) > 0
        )
        let size = chartSize(in: area)
        chart.lay(out: frame, size: size)
        if chart.folded.rows.isEmpty, isOfChart {
            drawNothing(snapshot, on: &grid, in: area)
            return
        }
        switch screen {
        case .flows: flows.draw(snapshot, on: &grid, in: area)
        case .containers: containers.draw(snapshot, on: &grid, in: area)
        case .alerts: alerts.draw(snapshot, on: &grid, in: area)
        case .blocks: blocks.draw(snapshot, on: &grid, in: area)
        case .health:
            health.figures = chart.layout.figures
            health.draw(snapshot, on: &grid, in: area)
        case .levels: levels.draw(chart, on: &grid, in: area)
        case .chart, .diff:
            if let focus = chart.choices.focus.last {
                FocusView(chart, on: focus).draw(on: &grid, in: area.part(top: 1, height: area.height - 7))
                drawEdge(on: &grid, in: area.part(top: area.height - 5))
            } else if area.width < Self.treeWidth {
                drawTree(on: &grid, in: area)
            } else {
                drawChart(on: &grid, in: area, size: size)
            }
        }
    }

    /// Whether what is shown is nothing where the chart has nothing.
    private var isOfChart: Bool {
        switch screen {
        case .chart, .levels, .diff: true
        case .flows: flows.evidence == nil
        case .containers, .alerts, .blocks, .health: false
        }
    }

    /// Below so many columns the chart is a tree.
    private static var treeWidth: Int { 72 }

    private func chartSize(in area: ScreenArea) -> ChartSize {
        ChartSize(columns: area.width, rows: max(area.height - detailHeight(in: area) - 4, 3))
    }

    private func detailHeight(in area: ScreenArea) -> Int {
        area.height >= 40 ? 12 : area.height >= 28 ? 7 : area.height >= 20 ? 4 : 1
    }

    private mutating func drawChart(on grid: inout CellGrid, in area: ScreenArea, size: ChartSize) {
        let dock = chart.dockHeight
        let details = detailHeight(in: area)
        let height = max(area.height - dock - details, 1)
        var line = 0
        if let text = chartLine {
            area.put(text, on: &grid, row: 0, column: 1, .quiet)
            line = 1
        }
        let place = area.part(top: line, height: height - line)
        chartArea = (place.top, place.left, place.width, place.height)
        scrollToSelection(place.height)
        chart.draw(on: &grid, in: place)
        // Right below the chart where that is low; the rest of the screen stays empty.
        let used = min(line + max(chart.layout.size.rows - chart.choices.firstLine, 0) + 1, height)
        chart.drawDock(on: &grid, in: area.part(top: used, height: dock))
        drawDetails(on: &grid, in: area.part(top: used + dock))
    }

    private mutating func scrollToSelection(_ height: Int) {
        guard chart.layout.size.rows > height else {
            chart.choices.firstLine = 0
            return
        }
        let most = chart.layout.size.rows - height
        if let placed = chart.layout.rows.first(where: { $0.key == chart.choices.selection }) {
            if placed.y < chart.choices.firstLine { chart.choices.firstLine = placed.y }
            if placed.y >= chart.choices.firstLine + height { chart.choices.firstLine = placed.y - height + 1 }
        }
        chart.choices.firstLine = min(max(chart.choices.firstLine, 0), most)
    }

    /// What is out of the ordinary of the chart, above it.
    private var chartLine: String? {
        var words: [String] = []
        if screen == .diff { words.append(diffText) }
        if let choice = chart.choices.path, let paths = chart.paths {
            let from = chart.row(choice.from)?.name ?? choice.from.name
            let to = chart.row(choice.to)?.name ?? choice.to.name
            words.append(
                paths.paths.isEmpty
                    ? "no path from \(from) to \(to); Esc"
                    : "path \(min(choice.index, paths.paths.count - 1) + 1) of \(paths.paths.count) from \(from) to \(to); n the next, Esc"
            )
        }
        let layout = chart.layout
        if layout.visibleLayers.count < layout.layers.count {
            let (before, after) = (
                layout.visibleLayers.lowerBound, layout.layers.count - layout.visibleLayers.upperBound
            )
            words.append("\(before) layers to the left, \(after) to the right")
        }
        if layout.figures.edgesHidden > 0 {
            words.append(
                "\(layout.figures.edgesHidden) quiet edges left out (\(Int(layout.drawnShare * 100)) % of the bytes drawn)"
            )
        }
        if let gaps = chart.tidier { words.append("= tidy \(layout.figures.gaps) to \(gaps)") }
        if !filter.isEmpty { words.append("filter: \(filter.text)") }
        return words.isEmpty ? nil : words.joined(separator: "   ")
    }

    private func drawTree(on grid: inout CellGrid, in area: ScreenArea) {
        let tree = FoldTree(chart.folded)
        let lines = tree.text(of: chart.folded, printable: { $0 }) { edge in
            EdgeText.words(of: chart.alertedEdges[edge.key] ?? [], edge).joined(separator: "  ")
        }
        let selected = tree.lines.firstIndex { $0.row == chart.choices.selection }
        let first = max(0, (selected ?? 0) - area.height / 2)
        for (line, text) in lines.dropFirst(first).prefix(area.height).enumerated() {
            area.put(text, on: &grid, row: line)
            if first + line == selected { area.select(row: line, on: &grid) }
        }
    }

    private func drawTimeline(on grid: inout CellGrid, in area: ScreenArea) {
        guard let snapshot = shown else { return }
        // What is played passed before the position, which may be where the next bin begins.
        let played = snapshot.playback.map { Timestamp(nanoseconds: $0.position.nanoseconds &- 1) }
        let moment = past.map { Timestamp(nanoseconds: $0.span.lowerBound) } ?? played
        let bin = moment.flatMap { snapshot.timeline.bin(of: $0) }
        var bar = TimelineBar(timeline: snapshot.timeline, bin: bin, now: snapshot.time, zone: settings.zone)
        if past == nil { bar.playback = snapshot.playback }
        bar.draw(on: &grid, in: area)
    }
}
