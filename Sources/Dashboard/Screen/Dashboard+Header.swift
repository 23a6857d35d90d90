import Addressing
import Graph
import Terminal

/// The first and the last line, and what stands there instead of a chart.
extension Dashboard {
    func drawHeader(on grid: inout CellGrid, in area: ScreenArea, at now: Timestamp) {
        let pieces: [(String, Role)] = [(originText + "  ", .plain), (screenText, .heading)]
        var column = area.put(" Portolan  ", on: &grid, row: 0, .heading)
        let rest = pieces.reduce(0) { $0 + DisplayWidth().of($1.0) }
        // What is wrong comes first: what has no room is cut at the end.
        if let alerts = recentAlertsText(room: area.width - column - rest) {
            column += area.put("\(alerts)  ", on: &grid, row: 0, column: column, .warning)
        }
        column = area.put(pieces, on: &grid, row: 0, column: column)
        if let loss = lossText { column += area.put("  \(loss)", on: &grid, row: 0, column: column, .warning) }
        var right = moment.map { TimeText.clock($0, zone: settings.zone) } ?? ""
        if let frozen {
            let text = " FROZEN \(TimeText.span(now.seconds - frozen.at.seconds)) "
            let width = DisplayWidth().of(text)
            area.put(text, on: &grid, row: 0, column: area.width - width - right.utf8.count - 2, .selected)
        } else if past != nil {
            right = "PAST " + right
        } else if let playback = shown?.playback {
            right =
                (playback.isPlaying ? "\(grid.glyphs == .ascii ? ">" : "►") " : "paused ")
                + "\(Self.speedText(playback.speed)) " + right
        }
        let start = area.width - DisplayWidth().of(right) - 1
        if start > column { area.put(right, on: &grid, row: 0, column: start) }
    }

    private var originText: String {
        switch shown?.origin {
        case .files(let names): names.count == 1 ? names[0] : "\(names.count) files"
        case .host(let name, let interfaces):
            (name ?? "this host") + (interfaces.isEmpty ? "" : " " + interfaces.joined(separator: ","))
        case .agent(let host, _): host ?? "agent"
        case .database(let path): path
        case nil: ""
        }
    }

    private var screenText: String {
        let chart = chart.folded
        let counts = "\(chart.rows.count) rows \(chart.edges.count) edges by \(chart.rung.word)"
        switch screen {
        case .chart: return self.chart.choices.focus.isEmpty ? "1:Chart  \(counts)" : "Focus"
        case .diff: return "8:Diff  \(counts)"
        case .flows: return "2:Flows"
        case .containers: return "3:Containers"
        case .alerts: return "4:Alerts"
        case .blocks: return "5:Blocks"
        case .health: return "6:Health"
        case .levels: return "9:Levels"
        }
    }

    private var lossText: String? {
        guard let loss = shown?.health.loss, loss > 0 else { return nil }
        let percent = loss * 100
        return "LOSSY \(percent < 0.1 ? "<0.1" : "\((percent * 10).rounded() / 10)") %: rates are lower bounds"
    }

    func drawFooter(on grid: inout CellGrid, in area: ScreenArea) {
        let row = area.height - 1
        if let prompt {
            let mark = prompt.kind == .command ? ":" : "/"
            let column = area.put(mark + prompt.text, on: &grid, row: row, column: 0)
            area.put(" ", on: &grid, row: row, column: column, .selected)
            return
        }
        if let message {
            area.put(message.text, on: &grid, row: row, column: 1, message.isFault ? .crossing : .plain)
            return
        }
        // Packets say themselves which keys they have.
        if case .packets = overlay { return }
        if case .block(let sheet) = overlay {
            let words = sheet.proposal == nil ? ["j k scroll"] : ["Tab another", "1 2 3 how long", "j k scroll"]
            area.put(Self.fitting(words, width: area.width - 2), on: &grid, row: row, column: 1, .quiet)
            return
        }
        var words = Self.keys(screen, isFocused: !chart.choices.focus.isEmpty)
        if settings.isReadOnly { words.removeAll { ["b block", "x let go", "u undo"].contains($0) } }
        if case .details = overlay, screen == .alerts {
            words = ["j k scroll", "c who on the chart", "C whom", "e flows", "p packets", "b block", "Esc back"]
        }
        if screen == .flows, flows.evidence != nil { words.insert("Esc back to the alert", at: 0) }
        area.put(Self.fitting(words, width: area.width - 2), on: &grid, row: row, column: 1, .quiet)
    }

    /// What there is room for: the last, which tells of all the others, stays; those before it go first.
    private static func fitting(_ words: [String], width: Int) -> String {
        var words = words
        func columns() -> Int { words.reduce(0) { $0 + $1.utf8.count + 2 } - 2 }
        while words.count > 1, columns() > width { words.remove(at: words.count - 2) }
        return words.joined(separator: "  ")
    }

    /// What matters most comes first, and where all keys are told last.
    private static func keys(_ screen: Screen, isFocused: Bool) -> [String] {
        let list = ["j k move", "Enter details", "1 chart", "/ filter", "s S sort", "y json"]
        return switch screen {
        case .flows: list + ["p packets", "b block", "f follow", "? help"]
        case .containers: list + ["a all", "b block", "? help"]
        case .blocks:
            [
                "j k move", "Enter details", "x let go", "u undo", "a ended", "/ filter", "s S sort", "y json",
                "? help",
            ]
        case .alerts:
            [
                "j k move", "Enter details", "c chart", "e flows", "p packets", "b block", "/ filter", "s S sort",
                "y json", "f follow", "? help",
            ]
        case .health: ["j k scroll", "1 chart", "? help"]
        case .levels: ["z Z by level, namespace, segment", "hjkl scroll", "1 chart", "? help"]
        case .chart, .diff:
            isFocused
                ? [
                    "j k edge", "h l side", "Enter centre on it", "Esc back", "d details", "p packets", "b block",
                    "y json", "? help",
                ]
                : [
                    "hjkl move", "Enter focus", ". edge", "p packets", "d details", "/ filter", "z Z fold", "o lens",
                    "x hubs",
                    "m mark, t path", "b block",
                    "= tidy", "? help",
                ]
        }
    }

    func drawProgress(_ progress: LoadProgress, on grid: inout CellGrid, in area: ScreenArea) {
        let share = progress.bytes.map { $0 == 0 ? 1 : min(Double(progress.bytesRead) / Double($0), 1) }
        let percent = share.map { "   \(Int($0 * 100)) %" } ?? ""
        area.put(
            "Reading \(progress.name)\(percent)   \(progress.packets) packets, \(progress.flows) flows",
            on: &grid,
            row: 0,
            column: 1
        )
        guard let share else { return }
        let width = max(area.width - 2, 0)
        let done = Int(Double(width) * share)
        let (full, rest) = grid.glyphs == .unicode ? ("━", "─") : ("=", "-")
        area.put(String(repeating: full, count: done), on: &grid, row: 1, column: 1, .heading)
        area.put(String(repeating: rest, count: width - done), on: &grid, row: 1, column: 1 + done, .quiet)
    }

    func drawNothing(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        if !filter.isEmpty {
            let hidden = snapshot.graph.endpoints.count
            area.put(
                "The filter shows nothing: \(hidden) ends hidden by \(filter.text)   Esc clears it.",
                on: &grid,
                row: 1,
                column: 3
            )
            return
        }
        if past != nil {
            area.put("Nothing went then.", on: &grid, row: 1, column: 3)
            return
        }
        area.put("Nothing has been seen yet.", on: &grid, row: 1, column: 3)
        if case .files = snapshot.origin {
            if snapshot.progress == nil { area.put("The file has no flows.", on: &grid, row: 2, column: 3) }
            return
        }
        let places =
            snapshot.health.interfaces.isEmpty ? "" : " on " + snapshot.health.interfaces.joined(separator: ", ")
        let since = snapshot.health.started.map { " since \(TimeText.clock($0, zone: settings.zone))" } ?? ""
        area.put("Watching\(places)\(since).", on: &grid, row: 2, column: 3)
        area.put("This fills as packets arrive; a quiet host stays empty.", on: &grid, row: 3, column: 3)
    }
}
