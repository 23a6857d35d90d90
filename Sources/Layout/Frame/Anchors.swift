import Graph

/// What is kept from one layout to the next, so that things stay where they were.
struct Anchors: Hashable, Sendable {
    /// A row that is not shown any more comes back to its place for 5 min.
    static let keeps: Int64 = 300_000_000_000
    /// A row without lines stays for 30 s.
    static let shows: Int64 = 30_000_000_000
    /// More rows than this are never remembered.
    static let limit = 4096

    struct Row: Hashable {
        let number: Int32
        var layer = -1
        var row = -1
        /// When it last had a line, and when it was last in the graph.
        var drawn: Int64?
        var seen: Int64
    }

    struct Place: Hashable {
        var row: Int
        var seen: Int64
    }

    private(set) var rows: [RowKey: Row] = [:]
    /// Rows of what lines need on their way.
    private(set) var places: [ItemKey: Place] = [:]
    /// Places of trunks in their channels.
    private(set) var order: [ItemKey: Int] = [:]
    private var next: Int32 = 0

    /// A number for a row that is the same while it is remembered.
    mutating func number(_ key: RowKey, at now: Int64) -> Int32 {
        if let row = rows[key] {
            rows[key]?.seen = now
            return row.number
        }
        next += 1
        rows[key] = Row(number: next, seen: now)
        return next
    }

    mutating func noteDrawn(_ key: RowKey, at now: Int64) { rows[key]?.drawn = now }

    func isHeld(_ key: RowKey, at now: Int64) -> Bool {
        guard let row = rows[key], row.layer >= 0, let drawn = row.drawn else { return false }
        return now - drawn < Self.shows
    }

    func row(_ item: ItemKey) -> Int { places[item]?.row ?? -1 }

    /// Remembers a plan, and forgets what is too old.
    mutating func keep(_ plan: Plan, _ keys: [RowKey], at now: Int64) {
        for (name, key) in keys.enumerated() {
            rows[key]?.layer = plan.items[name].layer
            rows[key]?.row = plan.items[name].row
        }
        for item in plan.items where item.kind != .name && item.kind != .bend {
            places[item.key] = Place(row: item.row, seen: now)
        }
        var trunks = plan.trunks.indices.filter { plan.trunks[$0].column >= 0 }
        trunks.sort { plan.trunks[$0].column < plan.trunks[$1].column }
        order = [:]
        for (place, trunk) in trunks.enumerated() { order[plan.trunks[trunk].key] = place }
        places = places.filter { now - $0.value.seen < Self.shows }
        rows = rows.filter { now - $0.value.seen < Self.keeps }
        if rows.count > Self.limit {
            let oldest = rows.sorted { ($0.value.seen, $0.value.number) < ($1.value.seen, $1.value.number) }
            for (key, _) in oldest.prefix(rows.count - Self.limit) { rows[key] = nil }
        }
    }
}
