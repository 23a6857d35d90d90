package import Addressing
package import Graph

/// Decides which hubs leave the chart for the dock.
///
/// A service is a hub when a share of all rows call it, a row when it calls as many. It is docked when that has held for
/// 10 s, at once where most rows were not there before, and comes back when it has been below 70 % of it for 60 s.
package struct HubDock: Hashable, Sendable {
    static let fewest = 8
    static let most = 24
    static let share = 0.4
    static let docksAfter: Int64 = 10_000_000_000
    static let returnsAfter: Int64 = 60_000_000_000
    static let keptShare = 0.7

    /// Since when something is a hub, or, once docked, since when it is none any more.
    private struct Standing: Hashable {
        var isDocked: Bool
        var since: Int64?
    }

    private var standings: [HubKey: Standing] = [:]
    /// The rows there were last.
    private var known: Set<RowKey> = []

    package init() {}

    package struct Result: Hashable, Sendable {
        /// In order of their keys.
        package var hubs: [DockedHub] = []
        /// Into the edges of the graph: what is drawn.
        package var drawn: [Int] = []
        package var docked = 0
    }

    /// What is drawn and what is docked; `now` is of any clock that does not go back.
    package mutating func dock(_ graph: FoldedGraph, _ options: LayoutOptions, at now: Timestamp) -> Result {
        let count = HubCount(graph)
        let threshold = max(Double(Self.fewest), min(Self.share * Double(graph.rows.count), Double(Self.most)))
        let rows = Set(graph.rows.map(\.key))
        update(count, threshold, now.nanoseconds, isNew: rows.intersection(known).count * 2 < rows.count)
        known = rows
        let undockable = graph.edges.map { isUndockable($0, options) }
        var least = 0.0
        while true {
            let docked = standings.filter { key, standing in
                standing.isDocked && Double(count.touched[key]?.count ?? 0) >= least
            }
            let result = divide(graph, Set(docked.keys), undockable)
            guard !result.hubs.isEmpty, leavesTooFew(graph, result) else { return result }
            least = max(threshold, least) * 2
        }
    }

    private mutating func update(_ count: HubCount, _ threshold: Double, _ now: Int64, isNew: Bool) {
        for (key, standing) in standings {
            let size = Double(count.touched[key]?.count ?? 0)
            var standing = standing
            if standing.isDocked {
                standing.since = size < threshold * Self.keptShare ? standing.since ?? now : nil
                if let since = standing.since, now - since >= Self.returnsAfter {
                    standings[key] = nil
                    continue
                }
            } else if size < threshold {
                standings[key] = nil
                continue
            } else if let since = standing.since, isNew || now - since >= Self.docksAfter {
                standing = Standing(isDocked: true, since: nil)
            }
            standings[key] = standing
        }
        for (key, rows) in count.touched where Double(rows.count) >= threshold && standings[key] == nil {
            standings[key] = Standing(isDocked: isNew, since: isNew ? nil : now)
        }
    }

    private func isUndockable(_ edge: FoldedEdge, _ options: LayoutOptions) -> Bool {
        let (source, destination) = (edge.key.source, edge.key.destination)
        if edge.isCrossing || edge.isDropped { return true }
        if let selection = options.selection, source == selection || destination == selection { return true }
        if zip(options.path, options.path.dropFirst()).contains(where: { $0 == source && $1 == destination }) {
            return true
        }
        switch options.hubs {
        case .docked: return false
        case .all: return true
        case .only(let rows): return rows.contains(source) || rows.contains(destination)
        }
    }

    private func divide(_ graph: FoldedGraph, _ docked: Set<HubKey>, _ undockable: [Bool]) -> Result {
        var result = Result()
        var hubs: [HubKey: DockedHub] = [:]
        for (index, edge) in graph.edges.enumerated() where edge.key.source != edge.key.destination {
            let keys = undockable[index] ? [] : HubCount.keys(edge).filter(docked.contains)
            guard !keys.isEmpty else {
                result.drawn.append(index)
                continue
            }
            result.docked += 1
            for key in keys {
                let other = key.service == nil ? edge.key.destination : edge.key.source
                hubs[key, default: DockedHub(key: key, touched: [], edges: [], rate: 0)].add(
                    index,
                    other,
                    edge.rate ?? 0
                )
            }
        }
        result.hubs = hubs.values.sorted { $0.key < $1.key }
        return result
    }

    /// Whether more than half the rows that have edges would be without a line.
    private func leavesTooFew(_ graph: FoldedGraph, _ result: Result) -> Bool {
        var withEdges = Set<RowKey>()
        for edge in graph.edges where edge.key.source != edge.key.destination {
            withEdges.insert(edge.key.source)
            withEdges.insert(edge.key.destination)
        }
        let drawn = Set(result.drawn.flatMap { [graph.edges[$0].key.source, graph.edges[$0].key.destination] })
        return drawn.count * 2 < withEdges.count
    }
}

extension DockedHub {
    fileprivate mutating func add(_ edge: Int, _ row: RowKey, _ rate: Double) {
        edges.append(edge)
        // Edges come in order of their keys: those between the same two rows follow each other.
        if touched.last != row { touched.append(row) }
        self.rate += rate
    }
}

/// How many rows have to do with each service and with each caller.
private struct HubCount {
    private(set) var touched: [HubKey: Set<RowKey>] = [:]

    init(_ graph: FoldedGraph) {
        for edge in graph.edges where edge.key.source != edge.key.destination {
            let keys = Self.keys(edge)
            touched[keys[0], default: []].insert(edge.key.source)
            touched[keys[1], default: []].insert(edge.key.destination)
        }
    }

    static func keys(_ edge: FoldedEdge) -> [HubKey] {
        let service = HubKey.Service(protocolNumber: edge.key.protocolNumber, port: edge.key.port)
        return [HubKey(row: edge.key.destination, service: service), HubKey(row: edge.key.source, service: nil)]
    }
}
