extension Plan {
    private enum Price {
        static let gap = 16
        /// Two trunks that would both have to stand left of the other: one of them will be bent.
        static let contradiction = 64
        static let trunk = 2
    }

    /// Lets items of one layer change places, or move to a free row, while that makes fewer gaps and shorter trunks.
    ///
    /// `effort` is how many pairs of trunks may be compared: a number and no time, so that the same input gives the same
    /// chart on every machine.
    mutating func refine(height: Int, effort: Int) {
        grow(to: height)
        var channels = [[Int]](repeating: [], count: layerCount)
        var entered = [[Int]](repeating: [], count: items.count)
        var left = entered
        for (index, trunk) in trunks.enumerated() {
            channels[trunk.channel].append(index)
            for entry in trunk.entries { entered[entry].append(index) }
            for exit in trunk.exits { left[exit].append(index) }
            span(index)
        }
        var effort = effort
        let reach = rowCount <= 16 ? rowCount : 4
        var improves = true
        while improves, effort > 0 {
            improves = false
            for layer in 0..<layerCount {
                for row in 0..<rowCount {
                    for other in row + 1..<max(row + 1, min(rowCount, row + reach + 1)) where effort > 0 {
                        for move in other > row + 1 && reach > 4 ? Move.allCases : [.swap] where effort > 0 {
                            let moved = (move == .swap ? [row, other] : Array(row...other))
                                .compactMap { taken[layer][$0] < 0 ? nil : Int(taken[layer][$0]) }
                            guard !moved.isEmpty else { continue }
                            let after = Self.union(moved, entered)
                            let before = Self.union(moved, left)
                            effort -= after.count * channels[layer].count + 1
                            if layer > 0 { effort -= before.count * channels[layer - 1].count }
                            func price() -> Int {
                                self.price(after, channels[layer])
                                    + (layer > 0 ? self.price(before, channels[layer - 1]) : 0)
                            }
                            let old = price()
                            apply(move, row, other, in: layer)
                            for trunk in after + before { span(trunk) }
                            if price() < old {
                                improves = true
                            } else {
                                apply(move.inverse, row, other, in: layer)
                                for trunk in after + before { span(trunk) }
                            }
                        }
                    }
                }
            }
        }
        squeeze()
        take()
    }

    /// What is tried with two rows of a layer: to exchange them, or to take one out and put it in at the other.
    private enum Move: CaseIterable {
        case swap, down, up

        var inverse: Self {
            switch self {
            case .swap: .swap
            case .down: .up
            case .up: .down
            }
        }
    }

    private mutating func apply(_ move: Move, _ row: Int, _ other: Int, in layer: Int) {
        switch move {
        case .swap: taken[layer].swapAt(row, other)
        case .down: taken[layer].insert(taken[layer].remove(at: row), at: other)
        case .up: taken[layer].insert(taken[layer].remove(at: other), at: row)
        }
        for row in row...other where taken[layer][row] >= 0 { items[Int(taken[layer][row])].row = row }
    }

    private static func union(_ items: [Int], _ trunks: [[Int]]) -> [Int] {
        var result = trunks[items[0]]
        for item in items.dropFirst() {
            for trunk in trunks[item] where !result.contains(trunk) { result.append(trunk) }
        }
        return result
    }

    private mutating func span(_ trunk: Int) {
        var low = Int.max
        var high = 0
        for item in trunks[trunk].entries {
            low = min(low, items[item].row)
            high = max(high, items[item].row)
        }
        for item in trunks[trunk].exits {
            low = min(low, items[item].row)
            high = max(high, items[item].row)
        }
        trunks[trunk].top = min(low, high)
        trunks[trunk].bottom = high
    }

    /// What these trunks of a channel cost, where each pair stands as is best for the two.
    private func price(_ chosen: [Int], _ members: [Int]) -> Int {
        var total = 0
        for trunk in chosen {
            let (top, bottom) = (trunks[trunk].top, trunks[trunk].bottom)
            if top != bottom { total += bottom - top + 1 + Price.trunk }
            for other in members where other != trunk && (other > trunk || !chosen.contains(other)) {
                guard top <= trunks[other].bottom, trunks[other].top <= bottom else { continue }
                let left = gaps(trunk, other)
                let right = gaps(other, trunk)
                if left.isForbidden, right.isForbidden {
                    total += Price.contradiction
                } else if left.isForbidden || right.isForbidden {
                    total += Price.gap * (left.isForbidden ? right.count : left.count)
                } else {
                    total += Price.gap * min(left.count, right.count)
                }
            }
        }
        return total
    }

    /// Gaps where the first stands left of the second, and whether it must not.
    func gaps(_ left: Int, _ right: Int) -> (count: Int, isForbidden: Bool) {
        var count = 0
        let (leftTop, leftBottom) = (trunks[left].top, trunks[left].bottom)
        if leftTop != leftBottom {
            for entry in trunks[right].entries {
                let row = items[entry].row
                if row >= leftTop, row <= leftBottom, !trunks[left].entries.contains(entry) { count += 1 }
            }
        }
        var isForbidden = false
        let (rightTop, rightBottom) = (trunks[right].top, trunks[right].bottom)
        for exit in trunks[left].exits {
            let row = items[exit].row
            guard row >= rightTop, row <= rightBottom else { continue }
            for entry in trunks[right].entries where items[entry].row == row && trunks[left].sole != entry {
                isForbidden = true
            }
            if rightTop != rightBottom, !trunks[right].exits.contains(exit) { count += 1 }
        }
        return (count, isForbidden)
    }
}
