import Graph
import Layout
import Terminal

/// What is not drawn as lines: hubs and rows that only have to do with them.
extension ChartView {
    /// Lines that the dock takes: nothing when there is nothing.
    var dockHeight: Int {
        (layout.hubs.isEmpty ? 0 : 2) + (layout.quiet.isEmpty ? 0 : 1)
    }

    func drawDock(on grid: inout CellGrid, in area: ScreenArea) {
        var line = 0
        if !layout.hubs.isEmpty {
            let title = "hubs \(layout.hubs.count): Tab selects one and marks whom it touches, x draws it"
            area.rule(title, on: &grid, row: 0)
            var column = 0
            for hub in layout.hubs {
                let text = Self.text(of: hub, row(hub.key.row), grid.glyphs)
                guard column == 0 || column + DisplayWidth().of(text) <= area.width else { break }
                let isChosen = hub.key == choices.hub
                let style = isChosen ? area.theme.style(.selected) : area.theme.style(.plain)
                column += area.put(text, on: &grid, row: 1, column: column, style: style) + 3
            }
            line = 2
        }
        guard !layout.quiet.isEmpty else { return }
        let names = layout.quiet.compactMap { self.row($0) }.map { RowText($0, glyphs: grid.glyphs).name }
        area.put("quiet \(layout.quiet.count): " + names.joined(separator: ", "), on: &grid, row: line, .quiet)
    }

    /// `I coredns:53 ◄ 21 callers 9.8k`
    static func text(of hub: DockedHub, _ row: FoldedRow?, _ glyphs: GlyphSet) -> String {
        let isPlain = glyphs == .ascii
        let name = row.map { RowText($0, glyphs: glyphs) }
        let who = name.map(\.short) ?? hub.key.row.name
        let rate = hub.rate > 0 ? " \(RateText.text(hub.rate))" : ""
        guard let service = hub.key.service else {
            return "\(who) \(isPlain ? "-->" : "──►") \(hub.touched.count)\(rate)"
        }
        let port = service.port.map { ":\($0)" } ?? ""
        return "\(who)\(port) \(isPlain ? "<" : "◄") \(hub.touched.count)\(rate)"
    }
}
