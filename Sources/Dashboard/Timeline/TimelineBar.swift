import Addressing
import Terminal

/// The foot of the screen when the past is looked at: how much went when, and where one is.
struct TimelineBar {
    let timeline: Timeline
    /// The bin that is looked at; nil is now.
    let bin: Int?
    let now: Timestamp?
    let zone: Int
    var playback: Playback?

    static let height = 4

    private static let steps: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let plainSteps: [Character] = [".", ":", "-", "=", "+", "*", "#", "#"]

    func draw(on grid: inout CellGrid, in area: ScreenArea) {
        area.rule("time", on: &grid, row: 0)
        guard !timeline.bins.isEmpty else {
            area.put("nothing is known of the past yet", on: &grid, row: 1, column: 2, .quiet)
            return
        }
        let room = max(area.width - 24, 8)
        let columns = min(room, timeline.bins.count)
        let share = columns == 0 ? 1 : (timeline.bins.count + columns - 1) / columns
        let sums = stride(from: 0, to: timeline.bins.count, by: share).map { start in
            timeline.bins[start..<min(start + share, timeline.bins.count)]
        }
        let most = sums.map { $0.reduce(0) { max($0, $1.bytes) } }.max() ?? 0
        for (column, part) in sums.enumerated() {
            let bytes = part.reduce(0) { max($0, $1.bytes) }
            area.put(
                String(glyph(bytes, of: most, isGap: part.contains(where: \.isGap), grid.glyphs)),
                on: &grid,
                row: 1,
                column: 2 + column
            )
        }
        area.put("bytes, \(gapGlyph(grid.glyphs)) gap", on: &grid, row: 1, column: 3 + sums.count, .quiet)
        drawCursor(share, sums.count, on: &grid, in: area)
    }

    private func drawCursor(_ share: Int, _ columns: Int, on grid: inout CellGrid, in area: ScreenArea) {
        let first = TimeText.clock(timeline.start, zone: zone)
        let last = TimeText.clock(
            Timestamp(nanoseconds: timeline.span(of: timeline.bins.count - 1).upperBound),
            zone: zone
        )
        guard let bin else {
            area.put("\(first) to \(last)   [ ] a step, { } ten, End now", on: &grid, row: 2, column: 2, .quiet)
            return
        }
        let column = min(bin / max(share, 1), max(columns - 1, 0))
        let start = Timestamp(nanoseconds: timeline.span(of: bin).lowerBound)
        let moment = TimeText.clock(playback?.position ?? start, zone: zone)
        area.put("\(grid.glyphs == .ascii ? "^" : "▲") \(moment)", on: &grid, row: 2, column: 2 + column, .heading)
        if playback != nil {
            let text = "\(first) to \(last)   Space stop, + - speed, [ ] { } seek, End shows all"
            area.put(text, on: &grid, row: 3, column: 2, .quiet)
            return
        }
        area.put(
            "THE PAST: what is shown is of \(moment); End goes back to now",
            on: &grid,
            row: 3,
            column: 2,
            .warning
        )
    }

    private func gapGlyph(_ glyphs: GlyphSet) -> String { glyphs == .unicode ? "░" : "?" }

    private func glyph(_ bytes: UInt64, of most: UInt64, isGap: Bool, _ glyphs: GlyphSet) -> Character {
        if isGap { return glyphs == .unicode ? "░" : "?" }
        if bytes == 0 || most == 0 { return " " }
        let steps = glyphs == .unicode ? Self.steps : Self.plainSteps
        let step = Int(Double(bytes) / Double(most) * Double(steps.count))
        return steps[min(step, steps.count - 1)]
    }
}
