/// What stands before the names of rows in one frame.
struct RowMarks {
    private var marks: [RowMark?]

    init(_ folder: Folder, _ index: FoldIndex, _ sums: FoldSums, _ view: FoldView) {
        marks = [RowMark?](repeating: nil, count: index.rows.count)
        let isCompared = folder.earlierSeconds != nil
        // The one that counts most comes last.
        if isCompared {
            for (slot, row) in sums.rows.enumerated() where row.isPresent != row.wasThere {
                marks[slot] = row.isPresent ? .added : .removed
            }
        }
        var doubts = [(some: Bool, all: Bool)](repeating: (false, true), count: marks.count)
        for (number, end) in folder.ends.ends.enumerated() where sums.isSeen[number] {
            let slot = index.slots[number]
            doubts[slot] = (doubts[slot].some || end.isUnsure, doubts[slot].all && end.isUnsure)
        }
        for (slot, doubt) in doubts.enumerated() where doubt.some {
            // Of a whole namespace somebody is always unknown, and that says nothing.
            let isFine = folder.ends.rows.rows[index.rows[slot]].key.rung <= .role
            if isFine || doubt.all { marks[slot] = .unsure }
        }
        mark(view.blocked, .blocked, folder, index, sums)
        mark(view.alerts, .alert, folder, index, sums)
        for (slot, row) in sums.rows.enumerated() where row.hasCrossing { marks[slot] = .alert }
    }

    private mutating func mark(
        _ keys: Set<EndpointKey>,
        _ mark: RowMark,
        _ folder: Folder,
        _ index: FoldIndex,
        _ sums: FoldSums
    ) {
        for key in keys {
            guard let end = folder.ends.number(of: key), sums.isSeen[end] else { continue }
            marks[index.slots[end]] = mark
        }
    }

    func mark(of slot: Int) -> RowMark? { marks[slot] }
}
