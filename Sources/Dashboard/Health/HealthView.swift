import Addressing
import Layout
import Terminal

/// How it goes with capturing, with knowing who is who, and with remembering.
struct HealthView: Sendable {
    var scroll = ScrollText()
    /// How the chart was laid out; nil before it was.
    var figures: LayoutFigures?
    /// How long that took, in milliseconds; nil where nobody measures.
    var milliseconds: Double?
    var zone = 0

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        scroll.handle(key, modifiers) ? .taken : .ignored
    }

    mutating func draw(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        let lines = HealthText(snapshot, zone: zone).lines(figures, milliseconds, width: area.width, grid.glyphs)
        scroll.draw(lines, on: &grid, in: area)
    }
}
