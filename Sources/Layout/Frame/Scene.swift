import Graph

/// What of a graph is drawn in one frame.
struct Scene {
    /// Rows with a line, or that had one just now; into the rows of the graph.
    var names: [Int] = []
    var keys: [RowKey] = []
    /// The layouter's numbers of those.
    var numbers: [Int32] = []
    var links: [Link] = []
    var outside: [Bool] = []
    /// Columns a whole name takes: level letter, mark, name, number, and whether it talks to itself.
    var widths: [Int] = []
    var quiet: [RowKey] = []

    /// `drawn` goes into the edges of the graph; `isHeld` tells whether a row is shown although it has no line.
    init(_ graph: FoldedGraph, drawn: [Int], isHeld: (RowKey) -> Bool, hubs: Set<RowKey>, width: (String) -> Int) {
        var place: [RowKey: Int] = [:]
        for (index, row) in graph.rows.enumerated() { place[row.key] = index }
        var isDrawn = [Bool](repeating: false, count: graph.rows.count)
        let ends = drawn.map { index -> (Int, Int)? in
            let key = graph.edges[index].key
            guard key.source != key.destination, let from = place[key.source], let to = place[key.destination] else {
                return nil
            }
            isDrawn[from] = true
            isDrawn[to] = true
            return (from, to)
        }
        var name = [Int](repeating: -1, count: graph.rows.count)
        for (index, row) in graph.rows.enumerated() {
            if isDrawn[index] || isHeld(row.key) {
                name[index] = names.count
                names.append(index)
                keys.append(row.key)
                outside.append(row.isOutside)
                widths.append(Self.width(row, width))
            } else if !hubs.contains(row.key) {
                quiet.append(row.key)
            }
        }
        makeLinks(graph, drawn, ends, name)
    }

    private mutating func makeLinks(_ graph: FoldedGraph, _ drawn: [Int], _ ends: [(Int, Int)?], _ name: [Int]) {
        var known: [Int: Int] = [:]
        for (index, ends) in zip(drawn, ends) {
            guard let (from, to) = ends else { continue }
            let edge = graph.edges[index]
            let isPrivate = edge.isCrossing || edge.isDropped
            let key = (name[from] * names.count + name[to]) * 2 + (isPrivate ? 1 : 0)
            let link = known[key] ?? links.count
            if link == links.count {
                known[key] = link
                links.append(Link(source: name[from], target: name[to], isPrivate: isPrivate))
            }
            links[link].edges.append(index)
            links[link].weight += edge.rate ?? Double(edge.counts.bytes)
            if edge.isDropped { links[link].isDropped = true }
        }
    }

    private static func width(_ row: FoldedRow, _ width: (String) -> Int) -> Int {
        var columns = 2 + width(row.name)
        if row.members.count > 1 { columns += 1 + String(row.members.count).utf8.count }
        if row.talksToItself { columns += 2 }
        return columns
    }
}
