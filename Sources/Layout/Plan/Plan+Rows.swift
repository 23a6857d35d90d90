extension Plan {
    /// Gives every item a row: near its neighbours', in the order given, at most `height` of them if they fit.
    mutating func placeRows(_ layers: [[Int]], _ before: [[Int]], _ after: [[Int]], height: Int) {
        for layer in layers.indices {
            let lead = (height - layers[layer].count) / 2
            for (index, item) in layers[layer].enumerated() { items[item].row = index + max(0, lead) }
        }
        for pass in 0..<8 {
            let isDown = pass.isMultiple(of: 2)
            for step in 0..<layerCount {
                let layer = isDown ? step : layerCount - 1 - step
                let wants = layers[layer].map { item -> Double in
                    let near = pass < 6 ? (isDown ? before[item] : after[item]) : before[item] + after[item]
                    return near.isEmpty ? Double(items[item].row) : median(near.map { items[$0].row })
                }
                let rows = fitted(wants, height: max(height, wants.count))
                for (index, item) in layers[layer].enumerated() { items[item].row = rows[index] }
            }
        }
        squeeze()
        take()
    }

    /// Rows in order and apart, as near to what is wanted as can be: pools of adjacent violators.
    private func fitted(_ wants: [Double], height: Int) -> [Int] {
        var pools: [(sum: Double, count: Int)] = []
        for (index, want) in wants.enumerated() {
            pools.append((want - Double(index), 1))
            while pools.count > 1 {
                let last = pools[pools.count - 1]
                let previous = pools[pools.count - 2]
                guard previous.sum / Double(previous.count) > last.sum / Double(last.count) else { break }
                pools.removeLast(2)
                pools.append((previous.sum + last.sum, previous.count + last.count))
            }
        }
        let slack = Double(height - wants.count)
        var rows: [Int] = []
        for pool in pools {
            let base = Int(min(max(0, pool.sum / Double(pool.count)), slack).rounded())
            for _ in 0..<pool.count { rows.append(base + rows.count) }
        }
        return rows
    }

    private func median(_ values: [Int]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? Double(sorted[middle - 1] + sorted[middle]) / 2 : Double(sorted[middle])
    }

    /// Takes out rows on which nothing stands.
    mutating func squeeze() {
        let used = Set(items.map(\.row)).sorted()
        var place: [Int: Int] = [:]
        for (index, row) in used.enumerated() { place[row] = index }
        for item in items.indices { items[item].row = place[items[item].row] ?? 0 }
    }

    /// Notes which rows of which layers are taken.
    mutating func take() {
        rowCount = (items.map(\.row).max() ?? -1) + 1
        taken = Array(repeating: Array(repeating: -1, count: rowCount), count: layerCount)
        for item in items.indices where items[item].row >= 0 { mark(item) }
    }

    mutating func mark(_ item: Int) {
        let row = items[item].row
        grow(to: row + 1)
        guard items[item].kind != .bend else { return }
        for layer in items[item].layer...items[item].lastLayer { taken[layer][row] = Int32(item) }
    }

    mutating func grow(to rows: Int) {
        guard rows > rowCount else { return }
        for layer in taken.indices {
            taken[layer].append(contentsOf: repeatElement(-1, count: rows - rowCount))
        }
        rowCount = rows
    }

    /// The free row nearest to one, or a new one below all; layers given inclusively.
    func freeRow(near row: Int, layers: ClosedRange<Int>, where isGood: (Int) -> Bool = { _ in true }) -> Int {
        var distance = 0
        while distance <= rowCount {
            for candidate in distance == 0 ? [row] : [row + distance, row - distance] {
                guard candidate >= 0, candidate < rowCount else { continue }
                if layers.allSatisfy({ taken[$0][candidate] < 0 }), isGood(candidate) { return candidate }
            }
            distance += 1
        }
        return rowCount
    }
}
