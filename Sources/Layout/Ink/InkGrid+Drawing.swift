extension InkGrid {
    /// Draws lines. A vertical line is in front of a horizontal one of other trunks: that one passes beneath, and leaves
    /// no arms in the cell.
    ///
    /// Where only some are wanted, the others' trunks are in front all the same: cells that are not empty are those that
    /// shall shine.
    package init(_ layout: ChartLayout, where isWanted: (PlacedLine) -> Bool = { _ in true }) {
        self.init(columns: layout.size.columns, rows: layout.size.rows)
        let owners = Self.owners(layout, columns: columns, rows: rows)
        for line in layout.lines where isWanted(line) {
            Self.walk(line.points) { point, incoming, outgoing in
                draw(point, incoming, outgoing, line, layout, owners)
            }
            if let end = line.points.last {
                change(end) { cell in
                    cell.add(line.isBack ? .right : .left, line.strength)
                    if line.isBack {
                        cell.head = .left
                    } else if cell.head != .dropped {
                        cell.head = line.isDropped ? .dropped : .right
                    }
                }
            }
        }
        for trunk in layout.trunks {
            guard let row = trunk.returnEntry else { continue }
            change(ChartPoint(x: trunk.x + 1, y: row)) { if !$0.isEmpty { $0.head = .left } }
        }
    }

    /// The trunk in each cell that has a vertical line, else -1.
    private static func owners(_ layout: ChartLayout, columns: Int, rows: Int) -> [Int32] {
        var owners = [Int32](repeating: -1, count: columns * rows)
        for (index, trunk) in layout.trunks.enumerated() where trunk.x < columns {
            for y in trunk.top...trunk.bottom where y < rows { owners[y * columns + trunk.x] = Int32(index) }
        }
        return owners
    }

    /// Every cell of a line but its arrowhead, with the directions in which it is entered and left.
    private static func walk(_ points: [ChartPoint], _ body: (ChartPoint, InkSide, InkSide) -> Void) {
        var incoming = InkSide.right
        for (start, end) in zip(points, points.dropFirst()) {
            let side = InkSide(from: start, to: end)
            var point = start
            while point != end {
                body(point, incoming, side)
                incoming = side
                point = side.next(point)
            }
        }
    }

    private mutating func draw(
        _ point: ChartPoint,
        _ incoming: InkSide,
        _ outgoing: InkSide,
        _ line: PlacedLine,
        _ layout: ChartLayout,
        _ owners: [Int32]
    ) {
        guard point.x >= 0, point.y >= 0, point.x < columns, point.y < rows else { return }
        let owner = Int(owners[point.y * columns + point.x])
        let isLevel = incoming == outgoing && (incoming == .right || incoming == .left)
        if isLevel, owner >= 0 {
            let trunk = layout.trunks[owner]
            if incoming == .left || !trunk.entries.contains(point.y) {
                let joins = (incoming == .left ? trunk.homes : trunk.exits).contains(point.y)
                change(point) { if joins { $0.isMerge = true } else { $0.isGap = true } }
                return
            }
        }
        change(point) {
            $0.add(incoming.opposite, line.strength)
            $0.add(outgoing, line.strength)
        }
    }
}
