import Dashboard
import Export
import Graph
import Layout
import Terminal

/// A graph for people: a header, what is wrong, then a tree or the chart, and hubs in a line each. Colours only repeat what is written.
struct GraphText {
    private let graph: FoldedGraph
    private let hubs: [DockedHub]
    private let caption: ChartCaption
    private let style: TextStyle
    private let rows: [RowKey: FoldedRow]

    init(_ drawing: GraphDrawing, _ style: TextStyle) {
        (graph, hubs, caption) = (drawing.graph, drawing.hubs, drawing.caption)
        self.style = style
        rows = Dictionary(graph.rows.map { ($0.key, $0) }) { first, _ in first }
    }

    /// The room that the terminal has for a chart besides header and hubs; nil where there is none, or it is too narrow to read one.
    static var place: ChartSize? {
        guard let size = TextStyle.terminalSize, size.columns >= narrowest else { return nil }
        return ChartSize(columns: size.columns, rows: max(size.rows - 12, 24))
    }

    private static var narrowest: Int { 72 }

    /// For pipes and narrow terminals: every edge once, names as long as they are, and the same order whatever little changes.
    var tree: [UInt8] {
        let docked = Set(hubs.flatMap(\.edges).map { graph.edges[$0].key })
        let tree = FoldTree(graph) { docked.contains($0.key) }
        return Self.lines(header() + tree.text(of: graph, printable: HarmlessText.text) + hubs.map(line))
    }

    /// The chart as `portolan tui` draws it, `columns` wide at most. What stands in no row of it is said below.
    func chart(
        _ layout: ChartLayout,
        cutNames: Int,
        columns: Int,
        _ environment: TerminalEnvironment
    ) -> [UInt8] {
        guard ChartPrint.hasRoom(for: layout) else { return tree }
        let grid = ChartPrint.grid(
            of: graph,
            layout,
            columns: columns,
            theme: Theme(.terminal, background: environment.background),
            glyphs: !environment.isUTF8 ? .ascii : environment.isLinuxConsole ? .console : .unicode
        )
        let depth = style.isColoured ? max(environment.colorDepth, .sixteen) : nil
        var below: [String] = []
        let beyond = layout.layers.count - layout.visibleLayers.count
        if beyond > 0 {
            below.append(style.warning("\(beyond) more layers to the right have no room: portolan tui moves there"))
        }
        if cutNames > 0 {
            below.append(
                style.faint("\(cutNames) names are shortened: a wider terminal has room, and a pipe has them whole")
            )
        }
        if !layout.quiet.isEmpty {
            below.append("quiet \(layout.quiet.count): " + layout.quiet.map(name).joined(separator: ", "))
        }
        let chart = grid.lines(in: depth)
        return Self.lines(header(layout.figures) + [""]) + chart + Self.lines([""] + below + layout.hubs.map(line))
    }

    private static func lines(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

    private func name(_ key: RowKey) -> String { rows[key].map { HarmlessText.text($0.name) } ?? "-" }

    private func header(_ figures: LayoutFigures? = nil) -> [String] {
        let facts = caption.lines(graph, figures).enumerated().map { index, line in
            index == 0 ? style.heading("# " + line) : style.faint("# " + line)
        }
        let crossings = graph.edges.filter(\.isCrossing).map { edge in
            style.warning("! crossing  \(name(edge.key.source)) -> \(name(edge.key.destination))")
        }
        return facts + crossings
    }

    private func line(_ hub: DockedHub) -> String {
        let rate = hub.rate > 0 ? "  " + RateText.text(hub.rate) : ""
        guard let service = hub.key.service else {
            return "hub out  \(name(hub.key.row)) -> \(hub.touched.count) ends\(rate)"
        }
        let port = service.port.map { ":\($0)" } ?? ""
        return "hub in   \(name(hub.key.row))\(port)  \(hub.touched.count) callers\(rate)"
    }
}
