extension Plan {
    /// The corners of a link's line in columns and rows; the last is the arrowhead.
    ///
    /// `start` has for each name the first column right of its text, `homeHead` that of the arrowhead of what comes home.
    func path(_ index: Int, _ columns: Columns, start: [Int], homeHead: [Int]) -> [ChartPoint] {
        let link = links[index]
        var points = [ChartPoint(x: start[link.source], y: items[link.source].row)]
        var trunk = linkTrunk[index] >= 0 ? linkTrunk[index] : plainTrunk[link.source]
        if link.isBack {
            let isNear = items[link.target].layer == items[link.source].layer
            go(trunk, to: isNear ? link.target : homeItem[link.target], columns, &points)
            if !isNear, homeTrunk[link.target] >= 0 { go(homeTrunk[link.target], to: link.target, columns, &points) }
            points.append(ChartPoint(x: homeHead[link.target], y: items[link.target].row))
            return points
        }
        while true {
            let isThere = items[link.target].layer == trunks[trunk].channel + 1
            let next = isThere ? link.target : trunks[trunk].pass
            go(trunk, to: next, columns, &points)
            if isThere { break }
            trunk = plainTrunk[next]
        }
        let x = columns.layers[items[link.target].layer].x - 1
        points.append(ChartPoint(x: x, y: items[link.target].row))
        return points
    }

    /// Along one trunk, and the one it is bent to if it does not reach the port itself.
    private func go(_ trunk: Int, to port: Int, _ columns: Columns, _ points: inout [ChartPoint]) {
        guard trunks[trunk].needsTrack else { return }
        func turn(_ trunk: Int, at row: Int) {
            let point = ChartPoint(x: columns.x(track: trunks[trunk].column, of: trunks[trunk].channel), y: row)
            if points.last != point { points.append(point) }
        }
        turn(trunk, at: points[points.count - 1].y)
        if let bend = trunks[trunk].bends.first(where: { $0.port == port }) {
            turn(trunk, at: items[bend.item].row)
            turn(bend.trunk, at: items[bend.item].row)
            turn(bend.trunk, at: items[port].row)
        } else {
            turn(trunk, at: items[port].row)
        }
    }

    /// For each name the column of the arrowhead of what comes home to it: the first after its last own trunk where no
    /// other stands.
    func homeHeads(_ columns: Columns, start: [Int]) -> [Int] {
        var last = start.map { $0 - 1 }
        var standing = [[Int]](repeating: [], count: layerCount)
        for (index, trunk) in trunks.enumerated() where trunk.needsTrack {
            standing[trunk.channel].append(index)
            let x = columns.x(track: trunk.column, of: trunk.channel)
            for entry in trunk.entries where entry < names { last[entry] = max(last[entry], x) }
        }
        return (0..<names).map { name in
            let row = items[name].row
            let verticals = standing[items[name].layer].filter { trunks[$0].top <= row && trunks[$0].bottom >= row }
                .map { columns.x(track: trunks[$0].column, of: items[name].layer) }
            var x = last[name] + 1
            while verticals.contains(x) { x += 1 }
            return x
        }
    }
}
