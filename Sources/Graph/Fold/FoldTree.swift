/// A folded graph as a tree from callers to callees, every edge exactly once: for pipes, narrow terminals and screen readers.
package struct FoldTree: Hashable, Sendable {
    /// A row below one that calls it, or one that nobody above calls.
    package struct Line: Hashable, Sendable {
        package let row: RowKey
        /// The edge that leads here; nil for what begins a tree.
        package let edge: FoldedEdgeKey?
        package let place: Place
        /// For each column of the indent whether a line goes on there; the last is this line's own.
        package let rails: [Bool]
    }

    /// Where a row's own callees are described.
    package enum Place: Hashable, Sendable {
        case here
        /// Above, or in a tree of its own further down: indents have an end.
        case above, below
    }

    package let lines: [Line]

    /// Indents; a row that is deeper begins a tree of its own.
    package static var depth: Int { 16 }

    /// `isDocked` edges are left out: whoever docks them tells of them in lines of their own.
    package init(_ graph: FoldedGraph, isDocked: (FoldedEdge) -> Bool = { _ in false }) {
        var maker = TreeMaker(graph, graph.edges.filter { !isDocked($0) })
        lines = maker.make()
    }
}

/// Writes a tree down without recursion, for a chain may be as long as there are rows.
private struct TreeMaker {
    private let rows: [FoldedRow]
    private let edges: [FoldedEdge]
    private var names: [RowKey: FoldedRow] = [:]
    private var callees: [RowKey: [FoldedEdge]] = [:]
    private var callers: Set<RowKey> = []
    private var described: Set<RowKey> = []
    private var lines: [FoldTree.Line] = []
    /// Rows that were too deep.
    private var postponed: [RowKey] = []

    init(_ graph: FoldedGraph, _ edges: [FoldedEdge]) {
        self.edges = edges
        for row in graph.rows { names[row.key] = row }
        let heaviest = edges.compactMap(\.rate).max() ?? 0
        let rows = names
        let isBefore = { (left: FoldedEdge, right: FoldedEdge) -> Bool in
            let (first, second) = (RateClass(left, of: heaviest), RateClass(right, of: heaviest))
            if first != second { return first < second }
            let (name, other) = (rows[left.key.destination]?.name ?? "", rows[right.key.destination]?.name ?? "")
            return name != other ? name < other : left.key < right.key
        }
        for edge in edges { callees[edge.key.source, default: []].append(edge) }
        callees = callees.mapValues { $0.sorted(by: isBefore) }
        callers = Set(edges.map(\.key.destination))
        // Outside first, then by the class of what a row sends, then by name.
        var best: [RowKey: RateClass] = [:]
        for (row, edges) in callees { best[row] = edges.first.map { RateClass($0, of: heaviest) } }
        self.rows = graph.rows.sorted { left, right in
            if left.isOutside != right.isOutside { return left.isOutside }
            let (first, second) = (best[left.key] ?? .gone, best[right.key] ?? .gone)
            if first != second { return first < second }
            return left.name != right.name ? left.name < right.name : left.key < right.key
        }
    }

    mutating func make() -> [FoldTree.Line] {
        for row in rows where callees[row.key] != nil && (row.isOutside || !callers.contains(row.key)) { tree(row.key) }
        // What is left goes in circles.
        for row in rows where callees[row.key] != nil { tree(row.key) }
        return lines
    }

    private mutating func tree(_ root: RowKey) {
        postponed.append(root)
        while let row = postponed.popLast() {
            guard described.insert(row).inserted else { continue }
            lines.append(FoldTree.Line(row: row, edge: nil, place: .here, rails: []))
            describe(row)
        }
    }

    private mutating func describe(_ root: RowKey) {
        var open: [ArraySlice<FoldedEdge>] = [callees[root]?[...] ?? []]
        var rails: [Bool] = []
        while var left = open.popLast() {
            guard let edge = left.popFirst() else {
                if !rails.isEmpty { rails.removeLast() }
                continue
            }
            let goesOn = !left.isEmpty
            open.append(left)
            let row = edge.key.destination
            var place = FoldTree.Place.here
            if described.contains(row) {
                place = .above
            } else if rails.count + 1 >= FoldTree.depth, callees[row] != nil {
                place = .below
                postponed.append(row)
            }
            lines.append(FoldTree.Line(row: row, edge: edge.key, place: place, rails: rails + [goesOn]))
            guard place == .here else { continue }
            described.insert(row)
            guard let more = callees[row] else { continue }
            rails.append(goesOn)
            open.append(more[...])
        }
    }
}

/// What a line is drawn as: only these change a tree's order, so that it stays the same while rates go up and down a little.
enum RateClass: Int, Comparable {
    case crossing, busy, normal, quiet, gone

    init(_ edge: FoldedEdge, of heaviest: Double) {
        let rate = edge.rate ?? 0
        if edge.isCrossing {
            self = .crossing
        } else if edge.standing == .gone {
            self = .gone
        } else if rate >= heaviest / 4, rate > 0 {
            self = .busy
        } else {
            self = rate >= heaviest / 40 && rate > 0 ? .normal : .quiet
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
