import Graph
import Layout

extension SVGText {
    /// Edges that the title of a line lists.
    private static var listed: Int { 16 }

    /// The lines, weakest first, and before each arrow what arrives there.
    mutating func writeLines() {
        let meetings = LineMeetings(layout)
        let names = Dictionary(graph.rows.map { ($0.key, HarmlessText.text($0.name)) }) { first, _ in first }
        for line in layout.lines { write(line, meetings, names) }
        writeLabels()
    }

    private mutating func write(_ line: PlacedLine, _ meetings: LineMeetings, _ names: [RowKey: String]) {
        guard let head = line.points.last, line.points.count > 1 else { return }
        let edges = line.edges.filter(graph.edges.indices.contains).map { graph.edges[$0] }
        svg.open(
            "g",
            [
                "class": classes(line, edges), "data-from": Identifier.of(line.source),
                "data-to": Identifier.of(line.destination),
                "data-edges": edges.map { Identifier.of($0.key) }.joined(separator: " "),
            ]
        )
        let ends = "\(names[line.source] ?? "") → \(names[line.destination] ?? "")"
        let more = edges.count > Self.listed ? ["and \(edges.count - Self.listed) more"] : []
        let title = [ends] + edges.prefix(Self.listed).map(EdgeWords.text) + more
        svg.element("title", text: title.joined(separator: "\n"))
        let way = LinePath(line, meetings).text
        svg.empty("path", ["class": "reach", "d": way])
        svg.empty("path", ["class": "way", "d": way])
        if line.strength == .crossing { svg.empty("path", ["class": "core", "d": way]) }
        writeHead(line, head)
        for point in returns(of: line) { writeArrow(point, isLeftward: true) }
        svg.close("g")
        svg.literal("\n")
    }

    private func classes(_ line: PlacedLine, _ edges: [FoldedEdge]) -> String {
        let isNew = line.strength != .crossing && !edges.isEmpty && edges.allSatisfy { $0.standing == .new }
        return "line \(line.strength)\(isNew ? " new" : "")"
    }

    private mutating func writeHead(_ line: PlacedLine, _ head: ChartPoint) {
        guard line.isDropped else { return writeArrow(head, isLeftward: line.isBack) }
        // What comes here is dropped: a bar, where the terminal has `#`.
        let x = Double(head.x) * CellUnit.width
        svg.empty(
            "rect",
            [
                "class": "head", "x": NumberText.text(x + 1), "y": NumberText.text(CellUnit.y(head.y) - 7),
                "width": "3", "height": "14",
            ]
        )
    }

    private mutating func writeArrow(_ head: ChartPoint, isLeftward: Bool) {
        let (left, y) = (Double(head.x) * CellUnit.width, CellUnit.y(head.y))
        let (foot, tip) = isLeftward ? (left + 7, left) : (left + 1, left + 8)
        func pair(_ x: Double, _ y: Double) -> String { "\(NumberText.text(x)),\(NumberText.text(y))" }
        svg.empty(
            "polygon",
            ["class": "head", "points": "\(pair(foot, y - 5)) \(pair(tip, y)) \(pair(foot, y + 5))"]
        )
    }

    /// Where a line that comes back enters a trunk from the right.
    private func returns(of line: PlacedLine) -> [ChartPoint] {
        guard line.isBack else { return [] }
        return layout.trunks.compactMap { trunk in
            guard let row = trunk.returnEntry else { return nil }
            let enters = zip(line.points, line.points.dropFirst()).contains { start, end in
                start.y == row && end.y == row && end.x == trunk.x && start.x > end.x
            }
            return enters ? ChartPoint(x: trunk.x + 1, y: row) : nil
        }
    }

    /// All that arrives at one arrow, together.
    private mutating func writeLabels() {
        guard layout.labelWidth > 0 else { return }
        var arrivals: [ChartPoint: [Int]] = [:]
        var rows: [ChartPoint: RowKey] = [:]
        for line in layout.lines where !line.isBack {
            guard let head = line.points.last else { continue }
            arrivals[head, default: []] += line.edges
            rows[head] = line.destination
        }
        for (head, edges) in arrivals.sorted(by: { ($0.key.y, $0.key.x) < ($1.key.y, $1.key.x) }) {
            let known = edges.filter(graph.edges.indices.contains).map { graph.edges[$0] }
            let rates = known.compactMap(\.rate)
            guard !rates.isEmpty, let row = rows[head] else { continue }
            let text = (known.contains(where: \.isLowerBound) ? ">" : "") + RateText.text(rates.reduce(0, +))
            svg.element(
                "text",
                [
                    "class": "label", "data-to": Identifier.of(row),
                    "x": NumberText.text(Double(head.x) * CellUnit.width - 4),
                    "y": NumberText.text(CellUnit.y(head.y)),
                ],
                text: text
            )
            svg.literal("\n")
        }
    }
}
