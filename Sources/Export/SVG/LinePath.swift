import Layout

/// The way of a line as SVG's `d`, in pixels: cut where it passes beneath another, and in an arc where another joins it from beneath.
struct LinePath {
    private(set) var text = ""

    /// Of arcs, and how far a vertical line in front keeps others off: half its stroke and 3.
    private static var radius: Double { 6 }
    private static var halo: Double { 5 }

    init(_ line: PlacedLine, _ meetings: LineMeetings) {
        guard let first = line.points.first else { return }
        let isFirstLeftward = line.points.count > 1 && line.points[1].x < first.x
        add("M", Double(first.x) * CellUnit.width + (isFirstLeftward ? CellUnit.width : 0), CellUnit.y(first.y))
        for piece in line.points.indices.dropLast() {
            let (start, end) = (line.points[piece], line.points[piece + 1])
            if start.y == end.y {
                addLevel(line, piece, meetings)
            } else {
                let next = piece + 2 < line.points.count ? line.points[piece + 2] : nil
                addVertical(start, end, next, joined: meetings.merges.contains(end))
            }
        }
    }

    private mutating func addLevel(_ line: PlacedLine, _ piece: Int, _ meetings: LineMeetings) {
        let (start, end) = (line.points[piece], line.points[piece + 1])
        let sign: Double = end.x < start.x ? -1 : 1
        let y = CellUnit.y(start.y)
        let cuts = meetings.meetings(on: line, piece: piece).filter(\.isCut).map(\.column)
        var open: Double?
        for column in sign > 0 ? cuts : cuts.reversed() {
            let x = CellUnit.x(column)
            // Two that stand close are one cut.
            if open.map({ sign * (x - sign * Self.halo - $0) > 0 }) ?? true {
                if let open { add("M", open, y) }
                add("L", x - sign * Self.halo, y)
            }
            open = x + sign * Self.halo
        }
        if let open { add("M", open, y) }
        // An arrowhead covers its cell but for its foot.
        let isLast = piece == line.points.count - 2
        let x = CellUnit.x(end.x) - (isLast ? sign * 2 : 0)
        if open.map({ sign * (x - $0) > 0 }) ?? true { add("L", x, y) }
    }

    private mutating func addVertical(_ start: ChartPoint, _ end: ChartPoint, _ next: ChartPoint?, joined: Bool) {
        let (x, y) = (CellUnit.x(end.x), CellUnit.y(end.y))
        guard joined, let next, next.y == end.y, next.x != end.x else { return add("L", x, y) }
        add("L", x, y - (end.y > start.y ? Self.radius : -Self.radius))
        add("Q", x, y)
        add("", x + (next.x > end.x ? Self.radius : -Self.radius), y)
    }

    private mutating func add(_ command: StaticString, _ x: Double, _ y: Double) {
        if !text.isEmpty { text += " " }
        text += "\(command)\(NumberText.text(x)) \(NumberText.text(y))"
    }
}
