import Addressing
import Graph
import Records
import Terminal

/// What stands below the table, and in it when there is nothing.
extension AlertsTable {
    /// Lines for the sentence of the chosen alert: what it is about, and two of the sentence.
    static var sentenceHeight: Int { 3 }

    func drawSentence(on grid: inout CellGrid, in area: ScreenArea) {
        guard let alert = selected else { return }
        let title = [alert.rule, alert.technique, alert.name].filter { !$0.isEmpty }.joined(separator: "   ")
        area.rule(title, on: &grid, row: 0)
        let lines = Wrapping.lines(of: alert.message, width: area.width - 2)
        let room = area.height - 1
        for (row, line) in lines.prefix(room).enumerated() {
            // What has no room is cut where it is written, and ends with an ellipsis.
            let rest = row == room - 1 ? lines.dropFirst(room).prefix(1).joined() : ""
            area.put(line + rest, on: &grid, row: row + 1, column: 1)
        }
    }

    /// Why there is nothing, and since when.
    func emptyLines(_ snapshot: Snapshot) -> [String] {
        guard snapshot.alerts.isEmpty else {
            let count = AmountText.count(UInt64(snapshot.alerts.count))
            return ["The filter hides all \(count) alerts.   Esc in the chart clears it, / changes it."]
        }
        let since = Self.beginning(of: snapshot).map { since in
            let (date, clock) = TimeText.civil(since, zone: zone)
            return " since \(date) \(clock)"
        }
        return switch snapshot.isJudged {
        case true?: ["Nothing found\(since ?? " yet")."]
        case false?: ["Nothing is looked for: detection is off.", "So this says nothing about what went on."]
        case nil:
            [
                "Nothing was told\(since ?? " yet").",
                "Whether anything is looked for is not known: detection may be off.",
            ]
        }
    }

    /// Since when something could have been found: since the monitor began, or of a file since its first packet.
    static func beginning(of snapshot: Snapshot) -> Timestamp? {
        switch snapshot.origin {
        case .host, .agent: snapshot.health.started
        case .files, .database:
            snapshot.graph.edges.values.lazy.map(\.first).min() ?? snapshot.flows.lazy.map(\.first).min()
        }
    }

    /// `1–5 of 327, 12 hidden   following`
    func footText(_ snapshot: Snapshot, _ range: Range<Int>, _ glyphs: GlyphSet) -> String {
        let count = AmountText.count(UInt64(table.ids.count))
        let dash = glyphs == .unicode ? "–" : "-"
        var words = [range.isEmpty ? "0 of \(count)" : "\(range.lowerBound + 1)\(dash)\(range.upperBound) of \(count)"]
        let hidden = snapshot.alerts.count - table.ids.count
        if hidden > 0 { words[0] += ", \(AmountText.count(UInt64(hidden))) hidden" }
        if snapshot.olderAlerts > 0 { words[0] += ", \(AmountText.count(snapshot.olderAlerts)) older" }
        if table.isGone { words.append("gone: " + (selected.map { AlertText.title($0, glyphs) } ?? "the chosen one")) }
        if table.followsLast { words.append("following") }
        if snapshot.isJudged == false, !snapshot.alerts.isEmpty {
            words.append("detection is off: nothing new is found")
        }
        words.append("loss \(AmountText.share(snapshot.health.loss))")
        return words.joined(separator: "   ")
    }
}
