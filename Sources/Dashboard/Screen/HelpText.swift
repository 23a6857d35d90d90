import Terminal

/// The page of help.
enum HelpText {
    private static let reading = [
        "Reading the chart", "  a vertical line joins all who enter it", "  from the left with all it leaves for", "  on the right",
        "  ┳ connected   ──│── not connected", "  ──┏━► joins towards the arrow only", "  ━ busy  ─ normal  ═ crossing  ┄ gone",
        "  ○ outside  ×3 three ends  ? who is unsure", "  » touched by the chosen hub", "", "Time",
        "  Space     freeze; of a file play, pause", "  [ ] { }   a step, ten steps", "  End       now", "  + -       speed of a file",
        "  T         show the timeline",
    ]
    private static let moving = [
        "Moving", "  j k ↑ ↓   row", "  h l ← →   to a caller, a callee", "  . ,       edges of this row", "  Tab       hubs",
        "  Enter Esc focus, back", "  g G       first, last", "", "Looking", "  1 8 9     chart, diff, levels", "  z Z       unfold, fold",
        "  x         draw hubs", "  o         labels: rate, port, overlay", "  m t n     mark, paths, next path", "  =         tidy the chart",
        "  /         filter; :  command", "  q         out", "",
        "Commands", "  :fold RUNG  :path A B  :focus NAME", "  :diff 10m  :diff FILE  :export FILE",
    ]

    static func draw(on grid: inout CellGrid, in area: ScreenArea) {
        grid.fill(rows: area.top..<(area.top + area.height), columns: area.left..<(area.left + area.width), style: .standard)
        let isWide = area.width >= 72
        for (row, text) in reading.enumerated() { line(text, on: &grid, in: area, row: row, column: 1) }
        let start = isWide ? 0 : reading.count + 1
        for (row, text) in moving.enumerated() {
            line(text, on: &grid, in: area, row: start + row, column: isWide ? 44 : 1)
        }
    }

    private static func line(_ text: String, on grid: inout CellGrid, in area: ScreenArea, row: Int, column: Int) {
        area.put(text, on: &grid, row: row, column: column, text.hasPrefix(" ") ? .plain : .heading)
    }
}
