import Addressing

/// Which rows of strangers are too many to be shown. It remembers which kinds were, so that one row more or less does not fold and
/// unfold them in turn.
struct StrangerCrowd {
    private struct Crowd: Hashable {
        let kind: StrangerRow
        let rung: Rung
    }

    private var crowds: Set<Crowd> = []

    /// By row number; true where the rows' ends go to the row for all of their kind.
    mutating func rows(of table: EndTable, _ rungs: [Rung], seen: [Bool]) -> [Bool] {
        var result = [Bool](repeating: false, count: table.rows.rows.count)
        for rung in rungs where rung >= .service && rung <= .image {
            var first = [Int64](repeating: .max, count: result.count)
            var rows = [[Int]](repeating: [], count: StrangerRow.allCases.count)
            for (number, end) in table.ends.enumerated() where seen[number] {
                guard let kind = end.stranger else { continue }
                let row = end.row(at: rung)
                if first[row] == .max { rows[kind.rawValue].append(row) }
                first[row] = min(first[row], end.first, .max - 1)
            }
            for kind in StrangerRow.allCases {
                let crowd = Crowd(kind: kind, rung: rung)
                let count = rows[kind.rawValue].count
                if count > kind.limit { crowds.insert(crowd) }
                if count <= kind.limit / 2 { crowds.remove(crowd) }
                guard crowds.contains(crowd) else { continue }
                let ranks = table.rows.ranks
                let oldest = rows[kind.rawValue].sorted { (first[$0], ranks[$0]) < (first[$1], ranks[$1]) }
                for row in oldest.dropFirst(kind.kept) { result[row] = true }
            }
        }
        return result
    }
}
