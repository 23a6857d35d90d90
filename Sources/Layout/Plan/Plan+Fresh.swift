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
        let starts = plan.starts(before, after)
        var best: (plan: Plan, tracks: [Int], cost: Int)?
        for (layers, slack) in starts {
            let least = layers.map(\.count).max() ?? 0
            var trial = plan
            trial.placeRows(layers, before, after, height: least + slack)
            trial.refine(height: least + slack, effort: effort / starts.count)
            trial.makeHomes { _ in -1 }
            let tracks = trial.makeTracks { _ in nil }
            let over = max(0, trial.rowCount - max(height, least))
            let cost = trial.gapCount * 4 + tracks.reduce(0, +) * 2 + trial.rowCount + over * 1000
            if cost < best?.cost ?? .max { best = (trial, tracks, cost) }
        }
        guard let best else { return (plan, []) }
        return (best.plan, best.tracks)
    }

    /// Orders to begin with, and rows beyond the least. Of a small chart many, each with one layer turned over: that is
    /// what changing places one by one does not find.
    private func starts(_ before: [[Int]], _ after: [[Int]]) -> [([[Int]], Int)] {
        let first = order(before, after, sweeps: 10)
        var starts = [(first, 0), (first, 1)]
        guard items.count <= 64 else { return starts }
        starts.append((first, 2))
        for layer in first.indices where first[layer].count > 1 {
            for slack in 0...1 {
                var turned = first
                turned[layer].reverse()
                starts.append((turned, slack))
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
