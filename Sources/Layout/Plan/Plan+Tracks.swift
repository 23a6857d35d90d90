extension Plan {
    /// The left-to-right order of a channel's trunks: who stood there before keeps its place, others go, the longest
    /// first, where they make the fewest gaps. What must be left of what is never broken.
    func arrange(_ members: [Int], _ order: ChannelOrder, _ kept: (ItemKey) -> Int?) -> [Int] {
        let costs = gapCosts(members)
        let count = members.count
        let before = members.map { kept(trunks[$0].key) }
        let old = members.indices.filter { before[$0] != nil }
            .sorted { (before[$0] ?? 0, $0) < (before[$1] ?? 0, $1) }
        let new = members.indices.filter { before[$0] == nil }.sorted { left, right in
            let lengths = [left, right].map { trunks[members[$0]].bottom - trunks[members[$0]].top }
            return lengths[0] != lengths[1] ? lengths[0] > lengths[1] : left < right
        }
        var list: [Int] = []
        list.reserveCapacity(count)
        func bounds(_ trunk: Int) -> ClosedRange<Int> {
            var low = 0
            var high = list.count
            for (place, other) in list.enumerated() {
                if order.isBefore(other, trunk) { low = place + 1 }
                if order.isBefore(trunk, other), place < high { high = place }
            }
            return low...max(low, high)
        }
        func cheapest(_ trunk: Int) -> Int {
            let range = bounds(trunk)
            var cost = 0
            for place in range.lowerBound..<list.count { cost += Int(costs[trunk * count + list[place]]) }
            for place in 0..<range.lowerBound { cost += Int(costs[list[place] * count + trunk]) }
            var best = (cost: cost, place: range.lowerBound)
            for place in range.dropLast() {
                cost += Int(costs[list[place] * count + trunk]) - Int(costs[trunk * count + list[place]])
                if cost < best.cost { best = (cost, place + 1) }
            }
            return best.place
        }
        for trunk in old { list.insert(trunk, at: bounds(trunk).upperBound) }
        for trunk in new { list.insert(trunk, at: cheapest(trunk)) }
        for _ in 0..<(old.isEmpty ? 3 : 0) {
            for trunk in new {
                list.removeAll { $0 == trunk }
                list.insert(trunk, at: cheapest(trunk))
            }
        }
        return list
    }

    /// How many gaps a trunk makes by standing left of another, for all pairs; the one on the left chooses the line.
    private func gapCosts(_ members: [Int]) -> [Int32] {
        let count = members.count
        var costs = [Int32](repeating: 0, count: count * count)
        // Rows on which a trunk's lines come in from the left, and go out to the right.
        let incoming = members.map { trunk in
            (trunks[trunk].entries.filter { items[$0].kind != .bend } + trunks[trunk].homes).map { items[$0].row }
        }
        let outgoing = members.map { trunk -> [Int] in
            var rows = trunks[trunk].exits.filter { items[$0].kind != .bend }.map { items[$0].row }
            if trunks[trunk].returnEntry >= 0 { rows.append(items[trunks[trunk].returnEntry].row) }
            return rows
        }
        for left in 0..<count {
            let (top, bottom) = (trunks[members[left]].top, trunks[members[left]].bottom)
            for right in 0..<count where right != left {
                var gaps: Int32 = 0
                if top != bottom {
                    for row in incoming[right] where row >= top && row <= bottom && !incoming[left].contains(row) {
                        gaps += 1
                    }
                }
                let other = trunks[members[right]]
                if other.top != other.bottom {
                    for row in outgoing[left]
                    where row >= other.top && row <= other.bottom && !outgoing[right].contains(row) {
                        gaps += 1
                    }
                }
                costs[left * count + right] = gaps
            }
        }
        return costs
    }
}
