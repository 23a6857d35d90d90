import Addressing
import Records
import Terminal

/// What stands below the table, and in it when there is nothing.
extension BlocksTable {
    /// Lines for the chosen block: which it is, who asked for it and why, and what there is to know.
    static var wordsHeight: Int { 4 }

    func drawWords(on grid: inout CellGrid, in area: ScreenArea) {
        guard let block = selected else { return }
        area.rule(BlockText.title(block), on: &grid, row: 0)
        var lines = ["by \(block.author)" + (block.reason.isEmpty ? "" : ": \(block.reason)")]
        lines.append("\(block.state.word): \(block.state.sentence)")
        if let message = block.message { lines.append(message) }
        for (row, line) in lines.prefix(area.height - 1).enumerated() {
            area.put(line, on: &grid, row: row + 1, column: 1, row == 0 ? .plain : block.state.role)
        }
    }

    /// Why there is nothing.
    func emptyLines(_ snapshot: Snapshot, width: Int) -> [String] {
        reasons(snapshot).flatMap { Wrapping.lines(of: $0, width: width) }
    }

    private func reasons(_ snapshot: Snapshot) -> [String] {
        if let obstacle = BlockObstacle.ofSource(snapshot) { return [obstacle.sentence] }
        guard let blocks = snapshot.blocks else {
            return [snapshot.blocksFault ?? "The agent tells of no blocks: it may be of an older version."]
        }
        if blocks.contains(where: { $0.state != .ended }) || showsEnded && !blocks.isEmpty {
            return ["The filter hides all that there are.   Esc in the chart clears it, / changes it."]
        }
        var lines = ["Nothing is blocked."]
        if !isReadOnly {
            lines.append("b on an edge, a flow, a container or an alert shows what blocking it would do, and asks.")
        }
        return lines
    }

    /// `1–5 of 7, 2 hidden   3 ended, a shows them`
    func footText(_ snapshot: Snapshot, _ range: Range<Int>, _ glyphs: GlyphSet) -> String {
        guard let blocks = snapshot.blocks else { return "" }
        let count = AmountText.count(UInt64(table.ids.count))
        let dash = glyphs == .unicode ? "–" : "-"
        var words = [range.isEmpty ? "0 of \(count)" : "\(range.lowerBound + 1)\(dash)\(range.upperBound) of \(count)"]
        let ended = blocks.count { $0.state == .ended }
        let hidden = blocks.count - table.ids.count - (showsEnded ? 0 : ended)
        if hidden > 0 { words[0] += ", \(AmountText.count(UInt64(hidden))) hidden" }
        if snapshot.olderBlocks > 0 { words[0] += ", \(AmountText.count(snapshot.olderBlocks)) more" }
        if table.isGone { words.append("gone: " + (selected.map(BlockText.title) ?? "the chosen one")) }
        if snapshot.fault != nil || snapshot.blocksFault != nil {
            let when = snapshot.time.map { " at \(TimeText.clock($0, zone: zone))" } ?? ""
            words.append("as told\(when); what holds now is not known")
        }
        let failing = blocks.count { $0.state == .failsOpen }
        if failing > 0 { words.append("\(failing) FAIL OPEN") }
        if ended > 0 { words.append("\(ended) ended, a \(showsEnded ? "hides" : "shows") them") }
        return words.joined(separator: "   ")
    }
}
