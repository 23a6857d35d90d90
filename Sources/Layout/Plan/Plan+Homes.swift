extension Plan {
    /// Finds for every name that lines come back to from further layers a row that is free on the whole way, its own if it
    /// can be, and makes the trunk that leads from there to its own.
    mutating func makeHomes(anchoredTo kept: (ItemKey) -> Int) {
        var last = [Int](repeating: -1, count: names)
        for link in links where link.isBack && items[link.source].layer > items[link.target].layer {
            last[link.target] = max(last[link.target], items[link.source].layer)
        }
        var ways: [(name: Int, item: Item)] = []
        for name in 0..<names where last[name] >= 0 {
            ways.append(
                (
                    name,
                    Item(
                        kind: .home,
                        layer: items[name].layer + 1,
                        lastLayer: last[name],
                        owner: items[name].owner,
                        target: -1
                    )
                )
            )
        }
        // Ways that stood before come first, so that no new one takes their row.
        let rows = ways.map { kept($0.item.key) }
        for index in ways.indices.sorted(by: { (rows[$0] < 0 ? 1 : 0, $0) < (rows[$1] < 0 ? 1 : 0, $1) }) {
            var (name, item) = ways[index]
            let layers = item.layer...item.lastLayer
            let want = rows[index] >= 0 ? rows[index] : items[name].row
            // On another name's row it could not be told from what comes home to that one.
            item.row = freeRow(near: want, layers: layers) { row in
                let other = Int(taken[items[name].layer][row])
                return other < 0 || other >= names || other == name
            }
            homeItem[name] = items.count
            items.append(item)
            plainTrunk.append(-1)
            mark(items.count - 1)
        }
        for trunk in trunks.indices where !trunks[trunk].homes.isEmpty {
            trunks[trunk].homes = trunks[trunk].homes.map {
                items[$0].layer < trunks[trunk].channel ? homeItem[$0] : $0
            }
        }
        for (name, item) in homeItem.enumerated() where item >= 0 && items[item].row != items[name].row {
            let layer = items[name].layer
            var trunk = Trunk(
                channel: layer,
                key: ItemKey(kind: 4, layer: Int16(layer), owner: items[name].owner, target: -1),
                entries: []
            )
            trunk.homes = [name]
            trunk.returnEntry = item
            homeTrunk[name] = trunks.count
            trunks.append(trunk)
        }
    }
}
