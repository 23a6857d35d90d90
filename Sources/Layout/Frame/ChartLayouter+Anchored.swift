extension ChartLayouter {
    /// Keeps layers, rows and the order of trunks; what is new finds its place among them.
    func anchored(_ plan: inout Plan, _ scene: Scene) -> [Int] {
        var layers = scene.keys.map { anchors.rows[$0]?.layer ?? -1 }
        placeNew(&layers, scene)
        plan.assign(layers)
        plan.makeTrunks()
        guard plan.layerCount > 0 else { return [] }
        var rows: [ItemKey: Int] = [:]
        for (name, key) in scene.keys.enumerated() where anchors.rows[key]?.layer == layers[name] {
            rows[plan.items[name].key] = anchors.rows[key]?.row ?? -1
        }
        plan.placeRows { key in
            key.kind == Item.Kind.name.rawValue ? rows[key] ?? -1 : anchors.row(key)
        }
        plan.makeHomes { anchors.row($0) }
        return plan.makeTracks { anchors.order[$0] }
    }

    /// Who is new stands right of its heaviest caller or left of its heaviest callee.
    private func placeNew(_ layers: inout [Int], _ scene: Scene) {
        let ranked = scene.links.indices.sorted {
            let weights = (scene.links[$0].weight, scene.links[$1].weight)
            return weights.0 != weights.1 ? weights.0 > weights.1 : $0 < $1
        }
        while layers.contains(where: { $0 < 0 }) {
            var isStuck = true
            for index in ranked {
                let link = scene.links[index]
                if layers[link.target] < 0, layers[link.source] >= 0 {
                    layers[link.target] = layers[link.source] + 1
                    isStuck = false
                } else if layers[link.source] < 0, layers[link.target] >= 0 {
                    layers[link.source] = max(0, layers[link.target] - 1)
                    isStuck = false
                }
            }
            if isStuck, let first = layers.firstIndex(where: { $0 < 0 }) { layers[first] = 0 }
        }
    }
}
