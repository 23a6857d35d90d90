extension Plan {
    /// Lays out anew: a few orders and heights are tried, and the one with the fewest gaps is kept.
    ///
    /// - Parameter height: rows on the screen.
    /// - Returns: the finished plan, and the number of columns of each channel.
    func fresh(outside: [Bool], height: Int, effort: Int) -> (Plan, [Int]) {
        var plan = self
        plan.layer(outside: outside)
        plan.makeTrunks()
        guard plan.layerCount > 0 else { return (plan, []) }
        let (before, after) = plan.adjacency()
        var best: (plan: Plan, tracks: [Int], cost: Int)?
        let first = plan.order(before, after, sweeps: 10)
        var starts = [(first, 0), (first, 1)]
        // Of a small chart more, twice: from what was best, each time with something turned over.
        let rounds = plan.items.count <= 64 && effort >= 100_000 ? 3 : 1
        for round in 0..<rounds {
            for (layers, slack) in starts {
                let least = layers.map(\.count).max() ?? 0
                var trial = plan
                trial.placeRows(layers, before, after, height: least + slack)
                trial.refine(height: least + slack, effort: effort / (rounds * starts.count))
                trial.makeHomes { _ in -1 }
                let tracks = trial.makeTracks { _ in nil }
                let over = max(0, trial.rowCount - max(height, least))
                let cost = trial.gapCount * 8 + tracks.reduce(0, +) * 2 + trial.rowCount + over * 1000
                if cost < best?.cost ?? .max { best = (trial, tracks, cost) }
            }
            guard round < rounds - 1, let best else { continue }
            starts = plan.turned(plan.layersByRow(best.plan))
        }
        guard let best else { return (plan, []) }
        return (best.plan, best.tracks)
    }

    /// The order of its items in another plan of the same.
    private func layersByRow(_ other: Plan) -> [[Int]] {
        var layers = [[Int]](repeating: [], count: layerCount)
        for item in items.indices.sorted(by: { other.items[$0].row < other.items[$1].row }) {
            layers[items[item].layer].append(item)
        }
        return layers
    }

    /// What changing places one by one does not find: one layer upside down, or one caller and all its ways at the
    /// top or at the bottom.
    private func turned(_ layers: [[Int]]) -> [([[Int]], Int)] {
        var starts: [([[Int]], Int)] = []
        for layer in layers.indices where layers[layer].count > 1 {
            var turned = layers
            turned[layer].reverse()
            starts.append((turned, 0))
        }
        let owners = Set(items.filter { $0.kind == .pass }.map(\.owner)).sorted()
        for owner in owners.prefix(8) {
            for isTop in [true, false] {
                var moved = layers
                for layer in layers.indices {
                    let ways = layers[layer].filter { items[$0].owner == owner }
                    let others = layers[layer].filter { items[$0].owner != owner }
                    moved[layer] = isTop ? ways + others : others + ways
                }
                starts.append((moved, 0))
            }
        }
        return starts
    }

    /// Times one of its lines passes beneath another's vertical, bends not counted.
    var gapCount: Int {
        var count = 0
        for channel in 0..<layerCount {
            let members = trunks.indices.filter { trunks[$0].channel == channel && trunks[$0].column >= 0 }
            for left in members {
                for right in members where trunks[left].column < trunks[right].column {
                    count += gaps(left, right).count
                }
            }
        }
        return count
    }
}
