extension Plan {
    /// Lays out anew: a few orders and heights are tried, and the one with the fewest gaps is kept.
    ///
    /// `height` is how many rows the screen has. Gives the finished plan, and the number of columns of each channel.
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
                trial.refine(height: least + slack, effort: effort / (rounds == 1 ? starts.count : 12))
                trial.makeHomes { _ in -1 }
                let tracks = trial.makeTracks { _ in nil }
                let over = max(0, trial.rowCount - max(height, least))
                let cost = trial.gapCount * 8 + tracks.reduce(0, +) + trial.rowCount + over * 1000
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

    /// What changing places one by one does not find: one layer upside down, or one caller with all its ways and
    /// their ends at the top or at the bottom.
    private func turned(_ layers: [[Int]]) -> [([[Int]], Int)] {
        var starts: [([[Int]], Int)] = []
        for layer in layers.indices where layers[layer].count > 1 {
            var turned = layers
            turned[layer].reverse()
            starts.append((turned, 0))
        }
        let owners = Set(items.filter { $0.kind == .pass }.map(\.owner)).sorted()
        for owner in owners.prefix(8) {
            let group = company(of: owner)
            for isTop in [true, false] {
                let moved = layers.map { layer in
                    let ways = layer.filter { group[$0] }
                    let others = layer.filter { !group[$0] }
                    return isTop ? ways + others : others + ways
                }
                starts.append((moved, 0))
                starts.append((moved, 1))
            }
        }
        return starts
    }

    /// A caller with ways through layers, where those end, and who else calls there that nobody calls.
    private func company(of owner: Int32) -> [Bool] {
        var group = items.map { $0.owner == owner }
        var isCalled = [Bool](repeating: false, count: items.count)
        for trunk in trunks {
            for exit in trunk.exits { isCalled[exit] = true }
            guard trunk.entries.contains(where: { items[$0].kind == .pass && items[$0].owner == owner }) else {
                continue
            }
            for exit in trunk.exits { group[exit] = true }
        }
        for trunk in trunks where trunk.exits.contains(where: { group[$0] && items[$0].kind == .name }) {
            for entry in trunk.entries where !isCalled[entry] { group[entry] = true }
        }
        return group
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
