/// Who may talk to whom at a glance: edges and bytes from each level, namespace or segment to each.
package struct LevelMatrix: Hashable, Sendable {
    package struct Cell: Hashable, Sendable {
        package var edges = 0
        /// Bytes a second, as far as rates are known.
        package var rate = 0.0
        package var bytes: UInt64 = 0
        /// Edges that cross levels and are declared nowhere.
        package var undeclared = 0
    }

    package struct Group: Hashable, Sendable {
        package let key: RowKey
        package let name: String
        package let level: Level?
        package let isOutside: Bool
    }

    /// Outside first, then by level, then by name; the last may be all that there was no room for.
    package private(set) var groups: [Group]
    /// By row: from whom; by column: to whom.
    package private(set) var cells: [[Cell]]

    /// Groups that are told apart; the rest is one.
    package static var limit: Int { 64 }

    /// `rung` is level, namespace or segment; `graph` has what counts as an edge, mostly services'.
    package init(of graph: FoldedGraph, by rung: Rung, _ folder: Folder) {
        let rows = Dictionary(graph.rows.map { ($0.key, $0) }) { first, _ in first }
        var known: [RowKey: Group] = [:]
        var places: [RowKey: RowKey] = [:]
        for row in graph.rows {
            let key = row.members.first.flatMap { folder.row(of: $0, at: rung) } ?? row.key
            places[row.key] = key
            if known[key] == nil {
                known[key] = Group(key: key, name: folder.label(of: key), level: row.level, isOutside: row.isOutside)
            }
        }
        var all = known.values.sorted(by: Self.isBefore)
        if all.count > Self.limit {
            all =
                all.prefix(Self.limit - 1) + [
                    Group(key: RowKey(rung, ":rest"), name: "rest", level: nil, isOutside: false)
                ]
        }
        var columns: [RowKey: Int] = [:]
        for (column, group) in all.enumerated() { columns[group.key] = column }
        groups = all
        cells = all.map { _ in all.map { _ in Cell() } }
        func column(_ row: RowKey) -> Int { places[row].flatMap { columns[$0] } ?? all.count - 1 }
        for edge in graph.edges where rows[edge.key.source] != nil && rows[edge.key.destination] != nil {
            cells[column(edge.key.source)][column(edge.key.destination)].add(edge)
        }
    }

    private static func isBefore(_ left: Group, _ right: Group) -> Bool {
        if left.isOutside != right.isOutside { return left.isOutside }
        if left.level != right.level { return (left.level?.rank ?? .max) < (right.level?.rank ?? .max) }
        return left.key < right.key
    }
}

extension LevelMatrix.Cell {
    fileprivate mutating func add(_ edge: FoldedEdge) {
        edges += 1
        rate += edge.rate ?? 0
        bytes &+= edge.counts.bytes
        if edge.isCrossing { undeclared += 1 }
    }
}
