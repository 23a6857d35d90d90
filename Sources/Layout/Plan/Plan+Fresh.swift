extension Plan {
    /// Lays out anew: a few heights are tried, and the one with the fewest gaps is kept.
    ///
    /// - Parameter height: rows on the screen.
    /// - Returns: the finished plan, and the number of columns of each channel.
    func fresh(outside: [Bool], height: Int) -> (Plan, [Int]) {
        var plan = self
        plan.layer(outside: outside)
        plan.makeTrunks()
        guard plan.layerCount > 0 else { return (plan, []) }
        let (before, after) = plan.adjacency()
        let layers = plan.order(before, after, sweeps: 10)
        let least = layers.map(\.count).max() ?? 0
        var best: (plan: Plan, tracks: [Int], cost: Int)?
        for slack in 0...2 {
            var trial = plan
            trial.placeRows(layers, before, after, height: least + slack)
            trial.makeHomes { _ in -1 }
            let tracks = trial.makeTracks { _ in nil }
            let over = max(0, trial.rowCount - max(height, least))
            let cost = trial.gapCount * 4 + tracks.reduce(0, +) * 2 + trial.rowCount + over * 1000
            if cost < best?.cost ?? .max { best = (trial, tracks, cost) }
        }
        guard let best else { return (plan, []) }
        return (best.plan, best.tracks)
    }

    /// Times one of its lines passes beneath another's vertical.
    var gapCount: Int {
        var count = 0
        for channel in 0..<layerCount {
            let members = trunks.indices.filter { trunks[$0].channel == channel && trunks[$0].column >= 0 }
            for left in members {
                for right in members where trunks[left].column < trunks[right].column { count += gaps(left, right) }
            }
        }
        return count
    }

    /// Gaps that two trunks make where the first stands left of the second.
    private func gaps(_ left: Int, _ right: Int) -> Int {
        let (one, other) = (trunks[left], trunks[right])
        var count = 0
        for item in other.entries + other.homes where items[item].kind != .bend {
            let row = items[item].row
            if row >= one.top, row <= one.bottom, !one.entries.contains(where: { items[$0].row == row }) { count += 1 }
        }
        for item in one.exits where items[item].kind != .bend {
            let row = items[item].row
            if row >= other.top, row <= other.bottom, !other.exits.contains(where: { items[$0].row == row }) {
                count += 1
            }
        }
        return count
    }
}
