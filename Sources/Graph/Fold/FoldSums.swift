/// What one frame sums: each edge once.
struct FoldSums {
    /// Of a folded edge.
    struct Sum {
        var later = EdgeCounts()
        var earlier = EdgeCounts()
        /// Bytes a second that were told of its edges; nil where of none.
        var told: UInt64?
        var isPresent = false
        /// Whether an edge of it passes the filter: then the others do not count.
        var isWanted = false
        var flags: EdgeTable.Flags = []
        var sign = FrameMemory.Sign()
    }

    /// Of a row, with the edges inside of it.
    struct Row {
        var talksToItself = false
        var isWanted = false
        var isPresent = false
        var wasThere = false
        var hasCrossing = false
        /// Of the ends that are drawn.
        var sign = FrameMemory.Sign()
    }

    private(set) var folds: [Sum]
    private(set) var rows: [Row]
    /// Edges and ends that are drawn.
    private(set) var isCounted: [Bool]
    private(set) var isSeen: [Bool]
    /// The length of the window that was counted in; nil where rates are told.
    private let seconds: Double?

    init(_ edges: EdgeTable, _ index: FoldIndex, _ view: FoldView, _ moments: [EdgeMoment], isFiltered: Bool) {
        folds = [Sum](repeating: Sum(), count: index.keys.count)
        rows = [Row](repeating: Row(), count: index.rows.count)
        isCounted = [Bool](repeating: false, count: edges.lines.count)
        isSeen = [Bool](repeating: false, count: index.slots.count)
        if case .window(let length) = view.span, length > 0 { seconds = length } else { seconds = nil }
        if isFiltered { want(edges, index, moments) }
        for number in edges.lines.indices where moments[number] != .hidden {
            let isPresent = moments[number] == .present
            let fold = index.folds[number]
            let line = edges.lines[number]
            let (source, destination) = (index.slots[line.source], index.slots[line.destination])
            let isWanted = line.flags.contains(.wanted)
            if fold < 0 {
                if isFiltered, !isWanted { continue }
                rows[source].talksToItself = true
                if line.flags.contains(.crossing) { rows[source].hasCrossing = true }
            } else {
                if isFiltered, folds[fold].isWanted ? !isWanted : !(rows[source].isWanted || rows[destination].isWanted)
                {
                    continue
                }
                isCounted[number] = true
                folds[fold].add(line, number, edges.rate(of: number), isPresent)
                if line.flags.contains(.crossing) {
                    rows[source].hasCrossing = true
                    rows[destination].hasCrossing = true
                }
            }
            for slot in [source, destination] {
                if isPresent { rows[slot].isPresent = true }
                if line.flags.contains(.before) { rows[slot].wasThere = true }
            }
            isSeen[line.source] = true
            isSeen[line.destination] = true
        }
        for (end, slot) in index.slots.enumerated() where isSeen[end] { rows[slot].sign.add(end) }
    }

    /// Bytes a second of a folded edge; nil where nobody knows.
    func rate(of sum: Sum) -> Double? {
        guard let seconds else { return sum.told.map { Double($0) } }
        return sum.flags.contains(.here) ? Double(sum.later.bytes) / seconds : nil
    }

    private mutating func want(_ edges: EdgeTable, _ index: FoldIndex, _ moments: [EdgeMoment]) {
        for (number, line) in edges.lines.enumerated()
        where moments[number] != .hidden && line.flags.contains(.wanted) {
            if index.folds[number] >= 0 { folds[index.folds[number]].isWanted = true }
            rows[index.slots[line.source]].isWanted = true
            rows[index.slots[line.destination]].isWanted = true
        }
    }
}

extension FoldSums.Sum {
    /// Whole numbers only, as edges come in the order of a hash table: of fractions the last digits would differ with it.
    fileprivate mutating func add(
        _ line: EdgeTable.Line,
        _ number: Int,
        _ rate: UInt64?,
        _ isPresent: Bool
    ) {
        sign.add(number)
        flags.formUnion(line.flags)
        if isPresent { self.isPresent = true }
        if line.flags.contains(.before) { earlier.add(line.earlier) }
        guard line.flags.contains(.here) else { return }
        later.add(line.counts)
        if let rate { told = (told ?? 0) &+ rate }
    }
}
