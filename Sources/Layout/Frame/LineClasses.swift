import Graph

/// The class of each line, which changes only when its weight has been well past the border for a while.
struct LineClasses: Hashable, Sendable {
    static let margin = 1.25
    static let changesAfter: Int64 = 3_000_000_000

    private struct Standing: Hashable {
        var strength: LineClass
        var since: Int64?
    }

    private var standings: [ItemKey: Standing] = [:]

    /// `keys` has one for each link, the same in every frame.
    mutating func classify(_ links: inout [Link], _ graph: FoldedGraph, keys: [ItemKey], at now: Int64) {
        let heaviest = links.map(\.weight).max() ?? 0
        var kept: [ItemKey: Standing] = [:]
        for index in links.indices {
            let edges = links[index].edges.map { graph.edges[$0] }
            if edges.allSatisfy({ $0.standing == .gone }) {
                links[index].strength = .gone
                continue
            }
            if edges.contains(where: \.isCrossing) {
                links[index].strength = .crossing
                continue
            }
            let share = heaviest > 0 ? links[index].weight / heaviest : 0
            var standing = standings[keys[index]] ?? Standing(strength: LineClass(share: share), since: nil)
            if Self.isFar(share, from: standing.strength) {
                let since = standing.since ?? now
                standing.since = since
                if now - since >= Self.changesAfter {
                    standing = Standing(strength: LineClass(share: share), since: nil)
                }
            } else {
                standing.since = nil
            }
            kept[keys[index]] = standing
            links[index].strength = standing.strength
        }
        standings = kept
    }

    private static func isFar(_ share: Double, from strength: LineClass) -> Bool {
        let low = strength == .busy ? LineClass.busyShare : strength == .normal ? LineClass.normalShare : 0
        let high = strength == .busy ? .infinity : strength == .normal ? LineClass.busyShare : LineClass.normalShare
        return share < low / margin || share >= high * margin
    }
}
