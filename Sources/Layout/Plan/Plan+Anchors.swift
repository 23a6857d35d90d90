extension Plan {
    /// Puts everything where it was, and what is new into a free row near its neighbours. Nothing moves for it.
    ///
    /// `kept` tells the row an item had, by its key; -1 where it is new.
    mutating func placeRows(anchoredTo kept: (ItemKey) -> Int) {
        let (before, after) = adjacency()
        taken = Array(repeating: [], count: layerCount)
        rowCount = 0
        var new: [Int] = []
        for item in items.indices {
            let row = kept(items[item].key)
            guard row >= 0 else {
                new.append(item)
                continue
            }
            grow(to: row + 1)
            if taken[items[item].layer][row] < 0 {
                items[item].row = row
                mark(item)
            } else {
                new.append(item)
            }
        }
        for item in new {
            let near = (before[item] + after[item]).compactMap { items[$0].row >= 0 ? items[$0].row : nil }.sorted()
            let want = near.isEmpty ? rowCount / 2 : near[near.count / 2]
            let layer = items[item].layer
            items[item].row = freeRow(near: want, layers: layer...layer)
            mark(item)
        }
    }
}
