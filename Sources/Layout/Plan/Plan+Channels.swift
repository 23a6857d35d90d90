extension Plan {
    /// Orders the trunks of every channel and gives them their columns; bends those that could not be read otherwise.
    ///
    /// `kept` tells a trunk's place among the channel's in the last frame; nil where it is new.
    /// - Returns: the number of columns of each channel.
    mutating func makeTracks(keptOrder kept: (ItemKey) -> Int?) -> [Int] {
        (0..<layerCount).map { channel in
            var members = trunks.indices.filter { trunks[$0].channel == channel }
            var order = demands(channel, members)
            order.close()
            while let (trunk, port, isExit) = order.contradiction() {
                bend(members[trunk], at: port, isExit: isExit)
                members = trunks.indices.filter { trunks[$0].channel == channel }
                order = demands(channel, members)
                order.close()
            }
            for trunk in members { measure(trunk) }
            let sorted = arrange(members, order, kept)
            return setColumns(sorted.map { members[$0] })
        }
    }

    /// Rows on which a trunk does something, bends included.
    func ports(_ trunk: Int) -> [Int] {
        var rows = (trunks[trunk].entries + trunks[trunk].exits + trunks[trunk].homes).map { items[$0].row }
        for bend in trunks[trunk].bends { rows.append(items[bend.item].row) }
        if trunks[trunk].returnEntry >= 0 { rows.append(items[trunks[trunk].returnEntry].row) }
        return rows
    }

    private mutating func measure(_ trunk: Int) {
        let rows = ports(trunk)
        trunks[trunk].top = rows.min() ?? 0
        trunks[trunk].bottom = rows.max() ?? 0
    }

    private func demands(_ channel: Int, _ members: [Int]) -> ChannelOrder {
        var order = ChannelOrder(members.count)
        var entered = [[Int]](repeating: [], count: rowCount)
        var homes = [[(trunk: Int, port: Int)]](repeating: [], count: rowCount)
        var exits = [[(trunk: Int, port: Int)]](repeating: [], count: rowCount)
        var place: [Int: Int] = [:]
        for (index, trunk) in members.enumerated() {
            place[trunk] = index
            for entry in trunks[trunk].entries where items[entry].kind != .bend {
                entered[items[entry].row].append(index)
            }
            for home in trunks[trunk].homes { homes[items[home].row].append((index, home)) }
            for exit in trunks[trunk].exits where items[exit].kind != .bend {
                exits[items[exit].row].append((index, exit))
            }
            let back = trunks[trunk].returnEntry
            if back >= 0 { exits[items[back].row].append((index, -1)) }
        }
        for row in 0..<rowCount {
            let item = Int(taken[channel][row])
            for home in homes[row] {
                for entry in entered[row] { order.demand(entry, before: home.trunk, port: home.port) }
            }
            for exit in exits[row] {
                for home in homes[row] {
                    order.demand(home.trunk, before: exit.trunk, port: exit.port, isExit: true)
                }
                let sole = trunks[members[exit.trunk]].sole
                guard sole < 0 || sole != item else { continue }
                for entry in entered[row] where entry != exit.trunk {
                    order.demand(entry, before: exit.trunk, port: exit.port, isExit: true)
                }
            }
        }
        for (index, trunk) in members.enumerated() {
            for bend in trunks[trunk].bends {
                if let other = place[bend.trunk] { order.demand(index, before: other) }
            }
        }
        return order
    }

    /// Lets a trunk reach one of its ports by another one further right, over a row that is free in this channel.
    private mutating func bend(_ trunk: Int, at port: Int, isExit: Bool) {
        let channel = trunks[trunk].channel
        var used = Set<Int>()
        for other in trunks where other.channel == channel {
            for bend in other.bends { used.insert(items[bend.item].row) }
        }
        let row = freeRow(near: items[port].row, layers: channel...min(channel + 1, layerCount - 1)) {
            !used.contains($0)
        }
        let target = items[port].owner
        var item = Item(kind: .bend, layer: channel, owner: trunks[trunk].key.owner, target: target)
        item.row = row
        items.append(item)
        plainTrunk.append(-1)
        grow(to: row + 1)
        let kind = trunks[trunk].key.kind + (isExit ? 8 : 16)
        var rest = Trunk(
            channel: channel,
            key: ItemKey(kind: kind, layer: Int16(channel), owner: trunks[trunk].key.owner, target: target),
            entries: [items.count - 1]
        )
        rest.sole = trunks[trunk].sole
        if isExit {
            trunks[trunk].exits.removeAll { $0 == port }
            rest.exits = [port]
        } else {
            trunks[trunk].homes.removeAll { $0 == port }
            rest.homes = [port]
        }
        trunks[trunk].bends.append(Bend(item: items.count - 1, trunk: trunks.count, port: port))
        trunks.append(rest)
    }

    /// Packs trunks to the left in their order. A free column stays left of what comes home to a name, for the arrowhead,
    /// and right of what is entered from there.
    private mutating func setColumns(_ order: [Int]) -> Int {
        var next = [Int](repeating: 0, count: rowCount)
        var columns = 0
        for trunk in order where trunks[trunk].needsTrack {
            let (top, bottom) = (trunks[trunk].top, trunks[trunk].bottom)
            var column = next[top...bottom].max() ?? 0
            for home in trunks[trunk].homes where items[home].kind == .name {
                column = max(column, next[items[home].row] + 1)
            }
            trunks[trunk].column = column
            for row in top...bottom { next[row] = column + 1 }
            columns = max(columns, column + 1)
            let back = trunks[trunk].returnEntry
            if back >= 0 {
                next[items[back].row] = column + 2
                columns = max(columns, column + 2)
            }
        }
        return columns
    }
}
