extension Plan {
    /// Gives every name a layer, callers left of whom they call, and finds the lines that cannot be drawn so.
    ///
    /// Depth first from those outside, then from those with most more callees than callers; lines against that order go
    /// back; the longest path gives the layer. Who is called by nobody moves next to the nearest callee.
    mutating func layer(outside: [Bool]) {
        let callees = neighbours { ($0.source, $0.target) }
        let callers = neighbours { ($0.target, $0.source) }
        let starts = (0..<names).sorted { left, right in
            if outside[left] != outside[right] { return outside[left] && !callees[left].isEmpty }
            let gain = (callees[left].count - callers[left].count, callees[right].count - callers[right].count)
            return gain.0 != gain.1 ? gain.0 > gain.1 : left < right
        }
        let order = topologicalOrder(from: starts, callees)
        var place = [Int](repeating: 0, count: names)
        for (index, name) in order.enumerated() { place[name] = index }

        var layers = [Int](repeating: 0, count: names)
        for name in order {
            for callee in callees[name] where place[callee] > place[name] {
                layers[callee] = max(layers[callee], layers[name] + 1)
            }
        }
        for name in order where callers[name].allSatisfy({ place[$0] > place[name] }) {
            let nearest = callees[name].filter { place[$0] > place[name] }.map { layers[$0] }.min()
            if let nearest { layers[name] = nearest - 1 }
        }
        assign(layers)
    }

    /// Takes layers as given; lines that do not lead right go back.
    mutating func assign(_ layers: [Int]) {
        for name in 0..<names {
            items[name].layer = layers[name]
            items[name].lastLayer = layers[name]
        }
        layerCount = (layers.max() ?? -1) + 1
        for index in links.indices {
            links[index].isBack = layers[links[index].target] <= layers[links[index].source]
        }
    }

    private func neighbours(_ ends: (Link) -> (Int, Int)) -> [[Int]] {
        var result = [[Int]](repeating: [], count: names)
        for link in links {
            let (from, to) = ends(link)
            if !result[from].contains(to) { result[from].append(to) }
        }
        for name in result.indices { result[name].sort() }
        return result
    }

    /// Reverse post-order of a depth-first search.
    private func topologicalOrder(from starts: [Int], _ callees: [[Int]]) -> [Int] {
        var seen = [Bool](repeating: false, count: names)
        var order: [Int] = []
        var path: [(name: Int, next: Int)] = []
        for start in starts where !seen[start] {
            seen[start] = true
            path.append((start, 0))
            while let (name, next) = path.last {
                guard next < callees[name].count else {
                    order.append(name)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let callee = callees[name][next]
                if !seen[callee] {
                    seen[callee] = true
                    path.append((callee, 0))
                }
            }
        }
        return order.reversed()
    }
}
