import Addressing
import GRDB

/// Forgets minutes of edges and containers, some edges at a time, round and round: their rows stand by edge, not by age.
final class MinuteRetention {
    private var edge: Int64 = 0
    private var container: Int64 = 0
    /// Before which minute rows go, in seconds, when they are too many for their age alone.
    private var pressed: Int64 = .min

    /// Edges that are looked at in one step.
    private static var step: Int { 128 }

    /// Bytes that a row takes, about.
    private static var rowSize: UInt64 { 40 }

    func forget(_ database: Database, _ retention: RetentionRules, at time: Timestamp, size: DatabaseSize) throws -> Int
    {
        let horizon = max(time.nanoseconds / 1_000_000_000 - retention.minutes.age, pressed)
        var gone = try pass(database, "edge_minutes", of: "edge", in: "edges", from: &edge, before: horizon)
        gone += try pass(
            database,
            "container_minutes",
            of: "container",
            in: "endpoints",
            from: &container,
            before: horizon
        )
        if edge == 0 { try endRound(database, retention, before: horizon) }
        return gone
    }

    private func pass(
        _ database: Database,
        _ table: String,
        of column: String,
        in owners: String,
        from cursor: inout Int64,
        before horizon: Int64
    ) throws -> Int {
        let numbers = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM \(owners) WHERE id > ? ORDER BY id LIMIT \(Self.step)",
            arguments: [cursor]
        )
        cursor = numbers.count < Self.step ? 0 : numbers.last ?? 0
        var gone = 0
        for number in numbers {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE \(column) = ? AND minute < ?",
                arguments: [number, horizon]
            )
            gone += database.changesCount
        }
        return gone
    }

    /// All edges were looked at: those that nothing is left of go, and it is seen whether the rest is too much.
    private func endRound(_ database: Database, _ retention: RetentionRules, before horizon: Int64) throws {
        let (last, _) = horizon.multipliedReportingOverflow(by: 1_000_000_000)
        try database.execute(sql: "DELETE FROM edges WHERE last < ?", arguments: [horizon < 0 ? .min : last])
        try database.execute(
            sql: """
                DELETE FROM endpoints WHERE last < ? AND id NOT IN (SELECT source FROM edges)
                AND id NOT IN (SELECT destination FROM edges)
                """,
            arguments: [horizon < 0 ? .min : last]
        )
        let rows = try Int64.fetchOne(database, sql: "SELECT sum(last - first) / 60000000000 FROM edges") ?? 0
        guard UInt64(clamping: rows) * Self.rowSize > retention.minutes.size else { return }
        // An edge has at most a row for each minute of its life: only where that is too much they are counted.
        let count = try Int64.fetchOne(database, sql: "SELECT count(*) FROM edge_minutes") ?? 0
        guard UInt64(clamping: count) * Self.rowSize > retention.minutes.size else { return }
        let first = try Int64.fetchOne(database, sql: "SELECT min(minute) FROM edge_minutes") ?? 0
        let newest = try Int64.fetchOne(database, sql: "SELECT max(last) / 1000000000 FROM edges") ?? first
        pressed = max(pressed, max(first, horizon) + (newest - max(first, horizon)) / 10)
    }
}
