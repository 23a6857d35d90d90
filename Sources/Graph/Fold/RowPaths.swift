/// Ways from one row to another along the direction of edges, over no row twice: shortest first, then by what their thinnest edge carries.
package struct RowPaths: Hashable, Sendable {
    /// Each the heaviest edge of every hop.
    package private(set) var paths: [[FoldedEdge]] = []
    /// Whether there may be more, or thicker ones of the last length: nobody looked on.
    package private(set) var isCut = false

    /// Paths that are told, edges of one, and steps of the search.
    package static var limit: Int { 9 }
    package static var hops: Int { 12 }
    package static var steps: Int { 50_000 }

    /// `passes` says which edges may be gone over.
    package init(
        from source: RowKey,
        to destination: RowKey,
        in graph: FoldedGraph,
        passes: (FoldedEdge) -> Bool = { _ in true }
    ) {
        guard source != destination else { return }
        var search = PathSearch(graph, to: destination, passes)
        guard let shortest = search.distances[source] else { return }
        var length = shortest
        while paths.count < Self.limit, length <= Self.hops, length < graph.rows.count, !isCut {
            let found = search.paths(from: source, hops: length)
            paths += found.sorted(by: Self.isThicker)
            isCut = search.steps >= Self.steps
            length += 1
        }
        isCut = isCut || paths.count > Self.limit
        paths = Array(paths.prefix(Self.limit))
    }

    private static func isThicker(_ left: [FoldedEdge], _ right: [FoldedEdge]) -> Bool {
        let (thin, other) = (left.map { $0.rate ?? 0 }.min() ?? 0, right.map { $0.rate ?? 0 }.min() ?? 0)
        if thin != other { return thin > other }
        return left.map(\.key).lexicographicallyPrecedes(right.map(\.key))
    }
}

/// Looks for paths of one length at a time, and turns back where the end is too far.
private struct PathSearch {
    /// From each row that can reach the end: hops it takes at least.
    let distances: [RowKey: Int]
    let destination: RowKey
    private(set) var steps = 0
    private var heaviest: [RowKey: [FoldedEdge]] = [:]

    init(_ graph: FoldedGraph, to destination: RowKey, _ passes: (FoldedEdge) -> Bool) {
        self.destination = destination
        var callers: [RowKey: [RowKey]] = [:]
        for edge in graph.edges.filter(passes).sorted(by: FoldedEdge.isHeavier) {
            // Of several services between two rows the heaviest comes first.
            if heaviest[edge.key.source, default: []].contains(where: { $0.key.destination == edge.key.destination }) {
                continue
            }
            heaviest[edge.key.source, default: []].append(edge)
            callers[edge.key.destination, default: []].append(edge.key.source)
        }
        var distances = [destination: 0]
        var (line, next) = ([destination], 0)
        while next < line.count {
            let row = line[next]
            next += 1
            for caller in callers[row] ?? [] where distances[caller] == nil {
                distances[caller] = (distances[row] ?? 0) + 1
                line.append(caller)
            }
        }
        self.distances = distances
    }

    /// All paths of so many hops; heavy edges are tried first, so that a search that is cut has found those.
    mutating func paths(from source: RowKey, hops: Int) -> [[FoldedEdge]] {
        var found: [[FoldedEdge]] = []
        var path: [FoldedEdge] = []
        var visited: Set<RowKey> = [source]
        // For each hop the edges that are still to be tried.
        var open = [heaviest[source]?[...] ?? []]
        while var choices = open.popLast() {
            steps += 1
            if steps >= RowPaths.steps { return found }
            guard let edge = choices.popFirst() else {
                if let last = path.popLast() { visited.remove(last.key.destination) }
                continue
            }
            open.append(choices)
            let row = edge.key.destination
            let left = hops - path.count - 1
            guard let distance = distances[row], distance <= left, !visited.contains(row) else { continue }
            if row == destination {
                if left == 0 { found.append(path + [edge]) }
                continue
            }
            path.append(edge)
            visited.insert(row)
            open.append(heaviest[row]?[...] ?? [])
        }
        return found
    }
}
