extension Plan {
    /// For every item of a layer, the items its lines lead to in the layer before and the one after.
    func adjacency() -> (before: [[Int]], after: [[Int]]) {
        var before = [[Int]](repeating: [], count: items.count)
        var after = before
        for trunk in trunks {
            for entry in trunk.entries {
                for exit in trunk.exits {
                    after[entry].append(exit)
                    before[exit].append(entry)
                }
            }
        }
        return (before, after)
    }

    /// Items of each layer from top to bottom, so that few lines cross: barycentre sweeps up and down, the best kept.
    func order(_ before: [[Int]], _ after: [[Int]], sweeps: Int) -> [[Int]] {
        var layers = [[Int]](repeating: [], count: layerCount)
        for item in items.indices { layers[items[item].layer].append(item) }
        var place = [Int](repeating: 0, count: items.count)
        func settle(_ layer: Int) {
            for (index, item) in layers[layer].enumerated() { place[item] = index }
        }
        for layer in layers.indices { settle(layer) }
        func arrange(_ layer: Int, by neighbours: [[Int]]) {
            let keys = layers[layer].map { item -> Double in
                let near = neighbours[item]
                guard !near.isEmpty else { return Double(place[item]) }
                return Double(near.reduce(0) { $0 + place[$1] }) / Double(near.count)
            }
            let sorted = layers[layer].indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
            layers[layer] = sorted.map { layers[layer][$0] }
            settle(layer)
        }
        var best = layers
        var fewest = crossings(layers, place, after)
        for sweep in 0..<sweeps {
            if sweep.isMultiple(of: 2) {
                for layer in 1..<max(1, layerCount) { arrange(layer, by: before) }
            } else {
                for layer in stride(from: layerCount - 2, through: 0, by: -1) { arrange(layer, by: after) }
            }
            let count = crossings(layers, place, after)
            if count < fewest {
                fewest = count
                best = layers
            }
        }
        return best
    }

    /// Crossings of straight lines between neighbouring layers, counted with a Fenwick tree.
    private func crossings(_ layers: [[Int]], _ place: [Int], _ after: [[Int]]) -> Int {
        var total = 0
        for layer in layers.indices.dropLast() {
            let width = layers[layer + 1].count
            var tree = [Int](repeating: 0, count: width + 1)
            var seen = 0
            for item in layers[layer] {
                for next in after[item] {
                    var index = place[next] + 1
                    var upTo = 0
                    while index > 0 {
                        upTo += tree[index]
                        index &= index - 1
                    }
                    total += seen - upTo
                }
                for next in after[item] {
                    seen += 1
                    var index = place[next] + 1
                    while index <= width {
                        tree[index] += 1
                        index += index & -index
                    }
                }
            }
        }
        return total
    }
}
