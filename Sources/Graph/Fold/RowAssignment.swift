/// Which row each end is in: by the rung, by hand, and what stands out.
struct RowAssignment: Equatable {
    /// A row's number for each end.
    var rows: [Int]
    /// Ends with an open alert that share a row with others, by the row's number.
    var alerts: [Int: Int] = [:]

    /// `seen` has the ends that are drawn; the others are assigned, too, but make nothing stand out.
    init(_ table: EndTable, _ view: FoldView, seen: [Bool], crowded: [Bool]) {
        let base = view.choices.rung ?? view.rung
        let steps = Rung.allCases.reversed().filter { $0 != .image || base == .image }
        let unfolded = Set(view.choices.unfolded.compactMap { table.rows.number(of: $0) })
        let folded = Set(view.choices.folded.compactMap { table.rows.number(of: $0) })
        let isPlain = unfolded.isEmpty && folded.isEmpty
        rows = table.ends.map { end in
            if isPlain { return Self.row(of: end, base, crowded) }
            for step in steps {
                let row = Self.row(of: end, step, crowded)
                if step > base {
                    if folded.contains(row) { return row }
                } else if step == .end {
                    return row
                } else if !unfolded.contains(row) {
                    return row
                } else if end.stranger != nil, row != end.row(at: step) {
                    // Too many to be rows, and wanted as rows nevertheless.
                    let own = end.row(at: step)
                    if !unfolded.contains(own) { return own }
                }
            }
            return end.row(at: .end)
        }
        standOut(table, view, seen)
    }

    static func row(of end: EndTable.End, _ rung: Rung, _ crowded: [Bool]) -> Int {
        let own = end.row(at: rung)
        guard end.stranger != nil, rung >= .service, rung <= .image, crowded[own] else { return own }
        return end.crowdRows[rung.rawValue - Rung.service.rawValue]
    }

    private mutating func standOut(_ table: EndTable, _ view: FoldView, _ seen: [Bool]) {
        guard !view.alerts.isEmpty || !view.chosen.isEmpty else { return }
        var sizes: [Int: Int] = [:]
        for (end, row) in rows.enumerated() where seen[end] { sizes[row, default: 0] += 1 }
        var taken: [Int: Int] = [:]
        for (key, hasAlert) in view.chosen.sorted().map({ ($0, false) }) + view.alerts.sorted().map({ ($0, true) }) {
            guard let end = table.number(of: key), seen[end] else { continue }
            let (row, own) = (rows[end], table.ends[end].row(at: .end))
            guard row != own, sizes[row, default: 0] > 1 else { continue }
            if taken[row, default: 0] < Folder.standingOut {
                taken[row, default: 0] += 1
                rows[end] = own
            } else if hasAlert {
                alerts[row, default: 0] += 1
            }
        }
    }
}
