/// Rows that say the same: where there is no room for all, one of them stands for its like.
extension FoldedGraph {
    /// The same with one row for all that have equal callers, callees and services, of one level and mark. Alerts and what is blocked
    /// keep their rows, as do those in `apart`, and rows that nothing leads to or from.
    ///
    /// The row that stands for others is one that did so before, if there is one, else the first.
    package func joiningTwins(apart: Set<RowKey> = [], after last: Set<RowKey> = []) -> FoldedGraph {
        let (holders, others) = twins(apart, last)
        guard !others.isEmpty else { return self }
        var joined = FoldedGraph(rung: rung)
        for (place, row) in rows.enumerated() where holders[place] == place {
            var row = row
            let like = others[place] ?? []
            row.joined = like.map { rows[$0].key }
            if !like.isEmpty { row.members = (row.members + like.flatMap { rows[$0].members }).sorted() }
            joined.rows.append(row)
        }
        var keys: [RowKey: RowKey] = [:]
        for (place, holder) in holders.enumerated() where holder != place { keys[rows[place].key] = rows[holder].key }
        joined.edges = Self.joined(edges, keys)
        return joined
    }

    /// For each row the one that stands for it, and for those the others.
    private func twins(_ apart: Set<RowKey>, _ last: Set<RowKey>) -> (holders: [Int], others: [Int: [Int]]) {
        let signs = signs
        let apart = edges.reduce(into: apart) { apart, edge in
            if edge.isCrossing || edge.isDropped { apart.formUnion([edge.key.source, edge.key.destination]) }
        }
        var groups: [TwinSign: [Int]] = [:]
        for (place, row) in rows.enumerated() where row.mark == nil || row.mark == .unsure {
            guard row.alerts == 0, !apart.contains(row.key), !signs[place].isEmpty else { continue }
            groups[TwinSign(row, signs[place]), default: []].append(place)
        }
        var (holders, others) = (Array(rows.indices), [Int: [Int]]())
        for group in groups.values where group.count > 1 {
            let holder = group.first { last.contains(rows[$0].key) } ?? group[0]
            let rest = group.filter { $0 != holder }
            for place in rest { holders[place] = holder }
            others[holder] = rest
        }
        return (holders, others)
    }

    /// What leads to and from each row, in order.
    private var signs: [[TwinEnd]] {
        var places: [RowKey: Int] = [:]
        for (place, row) in rows.enumerated() { places[row.key] = place }
        var signs = [[TwinEnd]](repeating: [], count: rows.count)
        for edge in edges {
            guard let source = places[edge.key.source], let target = places[edge.key.destination] else { continue }
            func end(_ other: Int, isOut: Bool) -> TwinEnd {
                TwinEnd(
                    other: other,
                    isOut: isOut,
                    protocolNumber: edge.key.protocolNumber,
                    port: edge.key.port,
                    standing: edge.standing
                )
            }
            signs[source].append(end(target, isOut: true))
            signs[target].append(end(source, isOut: false))
        }
        for place in signs.indices { signs[place].sort() }
        return signs
    }

    private static func joined(_ edges: [FoldedEdge], _ keys: [RowKey: RowKey]) -> [FoldedEdge] {
        var (result, places, changed) = ([FoldedEdge](), [FoldedEdgeKey: Int](), Set<Int>())
        for edge in edges {
            let key = FoldedEdgeKey(
                keys[edge.key.source] ?? edge.key.source,
                keys[edge.key.destination] ?? edge.key.destination,
                protocolNumber: edge.key.protocolNumber,
                port: edge.key.port
            )
            if let place = places[key] {
                result[place].join(edge)
                changed.insert(place)
            } else {
                places[key] = result.count
                var edge = edge
                edge.key = key
                result.append(edge)
            }
        }
        for place in result.indices where changed.contains(place) { result[place].members.sort() }
        return result.sorted { $0.key < $1.key }
    }
}

extension FoldedEdge {
    /// Takes another one's share in; its members are not in order then.
    fileprivate mutating func join(_ other: Self) {
        members += other.members
        counts = counts + other.counts
        rate = Self.sum(rate, other.rate)
        earlierRate = Self.sum(earlierRate, other.earlierRate)
        isLowerBound = isLowerBound || other.isLowerBound
        isGrey = isGrey && other.isGrey
    }

    private static func sum(_ one: Double?, _ other: Double?) -> Double? {
        guard let one else { return other }
        return one + (other ?? 0)
    }
}

/// One that a row calls or is called by.
private struct TwinEnd: Hashable, Comparable {
    let other: Int
    let isOut: Bool
    let protocolNumber: UInt8
    let port: UInt16?
    let standing: EdgeStanding

    static func < (left: Self, right: Self) -> Bool {
        if left.other != right.other { return left.other < right.other }
        if left.isOut != right.isOut { return right.isOut }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        return (left.port.map(Int.init) ?? -1) < (right.port.map(Int.init) ?? -1)
    }
}

/// What rows have to have in common to share one.
private struct TwinSign: Hashable {
    let level: Int?
    let isOutside: Bool
    let mark: RowMark?
    let isGrey: Bool
    let ends: [TwinEnd]

    init(_ row: FoldedRow, _ ends: [TwinEnd]) {
        level = row.level?.rank
        isOutside = row.isOutside
        mark = row.mark
        isGrey = row.isGrey
        self.ends = ends
    }
}
