import Graph
import Layout

/// A chart as text, for tests: names cut as the terminal cuts them.
struct Drawing {
    let layout: ChartLayout
    let graph: FoldedGraph
    let glyphs: LineGlyphs

    /// The lines alone, without names.
    var ink: [[Character]] {
        (0..<layout.ink.rows).map { y in (0..<layout.ink.columns).map { x in glyphs.glyph(layout.ink[x, y]) } }
    }

    var text: String {
        var lines = ink
        for row in layout.rows {
            for (offset, character) in name(row).enumerated() where row.x + offset < lines[row.y].count {
                lines[row.y][row.x + offset] = character
            }
        }
        return lines.map { line in
            var text = String(line)
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }

    private func name(_ placed: PlacedRow) -> String {
        let row = graph.rows[placed.index]
        let level = row.isOutside ? (glyphs == .ascii ? "o" : "○") : row.level.map { String($0.letter) } ?? "·"
        let count = row.members.count > 1 ? (glyphs == .unicode ? "×" : "x") + "\(row.members.count)" : ""
        let whole = row.name + count
        let room = placed.width - 2
        let text =
            whole.count <= room
            ? whole
            : row.name.count <= room
                ? row.name
                : row.name.prefix(max(0, room - 1)) + (glyphs == .unicode ? "…" : "~")
        return level + (row.mark == .alert ? "!" : " ") + text
    }

    /// What a reader makes of it, and what was to be drawn.
    var read: Set<ChartReader.Pair> { ChartReader(ink, names: layout.rows, glyphs: glyphs).pairs() }
    var drawn: Set<ChartReader.Pair> {
        Set(layout.lines.map { ChartReader.Pair(source: $0.source, destination: $0.destination) })
    }
}
