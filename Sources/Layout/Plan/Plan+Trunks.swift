extension Plan {
    /// Makes the trunks of all lines that lead right, and what they need on their way through layers.
    ///
    /// Who enters a trunk is led to everything it leaves for. So lines may share one only where all that enter it have the
    /// same callees still before them; who also has lines of another kind could be left for those, and shares none.
    mutating func makeTrunks() {
        var ahead = [[Int]](repeating: [], count: names)
        var privates = [[Int]](repeating: [], count: names)
        var backs = [[Int]](repeating: [], count: names)
        for (index, link) in links.enumerated() {
            if link.isBack {
                backs[link.source].append(index)
            } else if link.isPrivate {
                privates[link.source].append(index)
            } else {
                ahead[link.source].append(link.target)
            }
        }
        for name in 0..<names { ahead[name].sort { (items[$0].layer, $0) < (items[$1].layer, $1) } }
        plainTrunk = Array(repeating: -1, count: names)

        var sources = [[Int]](repeating: [], count: layerCount)
        for name in 0..<names { sources[items[name].layer].append(name) }
        // What a line on its way has before it: callees, and the link if it is private.
        var passing: [Int: (targets: [Int], link: Int)] = [:]

        for layer in 0..<layerCount {
            var shared: [[Int]: Int] = [:]
            var onward: [[Int]: Int] = [:]
            for item in sources[layer] {
                if item < names {
                    let kinds = (ahead[item].isEmpty ? 0 : 1) + privates[item].count + (backs[item].isEmpty ? 0 : 1)
                    if !ahead[item].isEmpty { enter(item, ahead[item], at: layer, shares: kinds == 1, &shared) }
                    for link in privates[item] { makePrivate(item, link, at: layer, &sources, &passing) }
                } else if let (targets, link) = passing[item] {
                    if link >= 0 {
                        makePrivate(item, link, at: layer, &sources, &passing)
                    } else {
                        enter(item, targets, at: layer, shares: true, &shared)
                    }
                }
            }
            for trunk in trunks.indices where trunks[trunk].channel == layer && trunks[trunk].pass == -2 {
                trunks[trunk].pass = -1
                let rest = trunks[trunk].exits.filter { items[$0].layer > layer + 1 }
                guard !rest.isEmpty else { continue }
                trunks[trunk].exits.removeAll { items[$0].layer > layer + 1 }
                let pass = onward[rest] ?? addPass(layer + 1, owner: trunks[trunk].key.owner, target: -1)
                if onward.updateValue(pass, forKey: rest) == nil {
                    sources[layer + 1].append(pass)
                    passing[pass] = (rest, -1)
                }
                trunks[trunk].pass = pass
                trunks[trunk].exits.append(pass)
            }
        }
        makeBackTrunks(backs)
    }

    /// `-2` for the pass marks a trunk whose way through the next layer is not made yet.
    private mutating func enter(
        _ item: Int,
        _ targets: [Int],
        at layer: Int,
        shares: Bool,
        _ shared: inout [[Int]: Int]
    ) {
        if shares, let trunk = shared[targets] {
            trunks[trunk].entries.append(item)
            trunks[trunk].sole = -1
            plainTrunk[item] = trunk
            return
        }
        var trunk = Trunk(
            channel: layer,
            key: ItemKey(kind: 0, layer: Int16(layer), owner: items[item].owner, target: -1),
            entries: [item]
        )
        trunk.exits = targets
        trunk.pass = -2
        plainTrunk[item] = trunks.count
        if shares { shared[targets] = trunks.count }
        trunks.append(trunk)
    }

    private mutating func makePrivate(
        _ item: Int,
        _ link: Int,
        at layer: Int,
        _ sources: inout [[Int]],
        _ passing: inout [Int: (targets: [Int], link: Int)]
    ) {
        let target = links[link].target
        let owner = items[links[link].source].owner
        var trunk = Trunk(
            channel: layer,
            key: ItemKey(kind: 1, layer: Int16(layer), owner: owner, target: items[target].owner),
            entries: [item]
        )
        if items[target].layer == layer + 1 {
            trunk.exits = [target]
        } else {
            let pass = addPass(layer + 1, owner: owner, target: items[target].owner)
            sources[layer + 1].append(pass)
            passing[pass] = ([target], link)
            trunk.exits = [pass]
            trunk.pass = pass
        }
        if item < names { linkTrunk[link] = trunks.count } else { plainTrunk[item] = trunks.count }
        trunks.append(trunk)
    }

    private mutating func addPass(_ layer: Int, owner: Int32, target: Int32) -> Int {
        items.append(Item(kind: .pass, layer: layer, owner: owner, target: target))
        plainTrunk.append(-1)
        return items.count - 1
    }

    /// Lines back have trunks of their own right of the caller: one for the plain ones, one for each private one.
    private mutating func makeBackTrunks(_ backs: [[Int]]) {
        for name in 0..<names {
            var plain = -1
            for link in backs[name] {
                let isPrivate = links[link].isPrivate
                if isPrivate || plain < 0 {
                    let target = isPrivate ? items[links[link].target].owner : -1
                    let key = ItemKey(
                        kind: isPrivate ? 3 : 2,
                        layer: Int16(items[name].layer),
                        owner: items[name].owner,
                        target: target
                    )
                    if !isPrivate { plain = trunks.count }
                    linkTrunk[link] = trunks.count
                    trunks.append(Trunk(channel: items[name].layer, key: key, entries: [name]))
                } else {
                    linkTrunk[link] = plain
                }
                trunks[linkTrunk[link]].homes.append(links[link].target)
            }
        }
    }
}
