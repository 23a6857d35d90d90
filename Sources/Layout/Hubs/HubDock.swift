package import Addressing
package import Graph

/// Decides which hubs leave the chart for the dock.
///
/// A service is a hub when a share of all rows call it, a row when it calls as many. It is docked when that has held for
/// 10 s, at once where most rows were not there before, and comes back when it has been below 70 % of it for 60 s.
package struct HubDock: Hashable, Sendable {
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
        let threshold = HubSize.least(rows: graph.rows.count)
        let rows = Set(graph.rows.map(\.key))
        update(count, threshold, now.nanoseconds, isNew: rows.intersection(known).count * 2 < rows.count)
        known = rows
        let undockable = graph.edges.map { isUndockable($0, options) }
        let docked = standings.filter(\.value.isDocked).keys.compactMap { count.number(of: $0) }
        var least = 0.0
        while true {
            var isDocked = [Bool](repeating: false, count: count.hubs.count)
            for hub in docked where Double(count.sizes[hub]) >= least { isDocked[hub] = true }
            let result = divide(graph, count, isDocked, undockable)
            guard !result.hubs.isEmpty, count.leavesTooFew(result.drawn) else { return result }
            least = max(threshold, least) * 2
        }
    }

    private mutating func update(_ count: HubCount, _ threshold: Double, _ now: Int64, isNew: Bool) {
        for (key, standing) in standings {
            let size = count.number(of: key).map { Double(count.sizes[$0]) } ?? 0
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
        for (hub, size) in count.sizes.enumerated() where Double(size) >= threshold {
            guard standings[count.hubs[hub]] == nil else { continue }
            standings[count.hubs[hub]] = Standing(isDocked: isNew, since: isNew ? nil : now)
        }
    }

    private func isUndockable(_ edge: FoldedEdge, _ options: LayoutOptions) -> Bool {
        if edge.isCrossing || edge.isDropped { return true }
        let (source, destination) = (edge.key.source, edge.key.destination)
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

    private func divide(_ graph: FoldedGraph, _ count: HubCount, _ isDocked: [Bool], _ undockable: [Bool]) -> Result {
        var result = Result()
        var hubs: [Int: DockedHub] = [:]
        for (index, link) in count.links.enumerated() {
            guard let link else { continue }
            let (isAnswered, isAsked) = (isDocked[link.service], isDocked[link.caller])
            guard !undockable[index], isAnswered || isAsked else {
                result.drawn.append(index)
                continue
            }
            result.docked += 1
            let edge = graph.edges[index]
            func add(to hub: Int, _ other: RowKey) {
                let none = DockedHub(key: count.hubs[hub], touched: [], edges: [], rate: 0)
                hubs[hub, default: none].add(index, other, edge.rate ?? 0)
            }
            if isAnswered { add(to: link.service, edge.key.source) }
            if isAsked { add(to: link.caller, edge.key.destination) }
        }
        result.hubs = hubs.values.sorted { $0.key < $1.key }
        return result
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
