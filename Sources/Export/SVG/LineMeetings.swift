import Layout

/// Where lines meet those of other trunks, as in the cells of the terminal: a vertical line is in front of a horizontal one that is not
/// connected with it.
struct LineMeetings {
    private let layout: ChartLayout
    /// The trunk in each cell that has a vertical line, else -1.
    private let owners: [Int32]
    private let columns: Int
    /// Cells where a line from beneath joins the one that turns there.
    private(set) var merges: Set<ChartPoint> = []

    init(_ layout: ChartLayout) {
        self.layout = layout
        columns = max(0, layout.size.columns)
        let rows = max(0, layout.size.rows)
        var owners = [Int32](repeating: -1, count: columns * rows)
        for (index, trunk) in layout.trunks.enumerated() where (0..<columns).contains(trunk.x) {
            guard trunk.top >= 0, trunk.top <= trunk.bottom else { continue }
            for y in trunk.top...trunk.bottom where y < rows { owners[y * columns + trunk.x] = Int32(index) }
        }
        self.owners = owners
        for line in layout.lines {
            for piece in line.points.indices.dropLast() {
                for meeting in meetings(on: line, piece: piece) where meeting.joins {
                    merges.insert(ChartPoint(x: meeting.column, y: line.points[piece].y))
                }
            }
        }
    }

    /// A vertical line that a horizontal piece goes beneath.
    struct Meeting {
        let column: Int
        /// Whether it is joined on the way to the arrow.
        let joins: Bool
        /// Whether the vertical line goes on above and below, so that the horizontal one must be cut.
        let isCut: Bool
    }

    /// What the piece of a line meets that begins at a corner, from left to right; none for vertical pieces.
    func meetings(on line: PlacedLine, piece: Int) -> [Meeting] {
        let (start, end) = (line.points[piece], line.points[piece + 1])
        guard start.y == end.y, start.x != end.x, start.y >= 0 else { return [] }
        let isLeftward = end.x < start.x
        // At a corner it turns into its own trunk, or out of it.
        let isStraight: Bool
        if piece == 0 {
            isStraight = !isLeftward
        } else {
            let before = line.points[piece - 1]
            isStraight = before.y == start.y && (before.x > start.x) == isLeftward
        }
        return (min(start.x, end.x)...max(start.x, end.x)).compactMap { column in
            guard column != end.x, column != start.x || isStraight, column >= 0, column < columns,
                start.y * columns + column < owners.count
            else { return nil }
            let owner = Int(owners[start.y * columns + column])
            guard owner >= 0 else { return nil }
            let trunk = layout.trunks[owner]
            guard isLeftward || !trunk.entries.contains(start.y) else { return nil }
            let joins = (isLeftward ? trunk.homes : trunk.exits).contains(start.y)
            let isWithin = start.y > trunk.top && start.y < trunk.bottom
            return Meeting(column: column, joins: joins, isCut: isWithin || !joins)
        }
    }
}
