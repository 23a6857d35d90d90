import Addressing
import GRDB

/// Forgets minutes of edges and containers, some edges at a time, round and round: their rows stand by edge, not by age.
final class MinuteRetention {
    private var edges = Round()
    private var containers = Round()
    /// Before which minute rows go, in seconds, when they are too many for their age alone.
    private var pressed: Int64 = .min

    /// A walk through all edges or containers.
    private struct Round {
        /// The last that was looked at; 0 when all were.
        var place: Int64 = 0
        /// Before which minute every row went of those that were looked at.
        var emptied = Int64.max
    }

    /// Edges that are looked at in one step.
    private static var step: Int { 128 }

    /// Bytes that a row takes, about.
    private static var rowSize: UInt64 { 40 }

    /// Looks at some edges and containers; `isPressed` says that the file is too large and nothing else could be forgotten.
    /// Returns how many rows went.
    func forget(
        _ database: Database,
        _ chain: ChainWriter,
        _ retention: RetentionRules,
        at time: Timestamp,
        isPressed: Bool
    ) throws -> Int {
        let horizon = max(time.nanoseconds / 1_000_000_000 - retention.minutes.age, pressed)
        var gone = try pass(database, chain, .edgeMinutes, of: "edge", in: "edges", &edges, before: horizon)
        gone += try pass(
            database,
            chain,
            .containerMinutes,
            of: "container",
            in: "endpoints",
            &containers,
            before: horizon
        )
        if edges.place == 0 { gone += try endRound(database, retention, before: horizon, isPressed: isPressed) }
        if gone > 0 {
            // No minute begins between them.
            let minute = horizon > .max - 59 ? horizon : (horizon + 59) / 60 * 60
            for table in [CoveredTable.edgeMinutes, .containerMinutes] {
                try chain.forgotMinutes(before: minute, of: table)
            }
        }
        return gone
    }

    /// What was done in a transaction that failed was not done: all are looked at again.
    func restart() { (edges, containers) = (Round(), Round()) }

    private func pass(
        _ database: Database,
        _ chain: ChainWriter,
        _ table: CoveredTable,
        of column: String,
        in owners: String,
        _ round: inout Round,
        before horizon: Int64
    ) throws -> Int {
        if round.place == 0 { round.emptied = horizon }
        round.emptied = min(round.emptied, horizon)
        let numbers = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM \(owners) WHERE id > ? ORDER BY id LIMIT \(Self.step)",
            arguments: [round.place]
        )
        round.place = numbers.count < Self.step ? 0 : numbers.last ?? 0
        var gone = 0
        for number in numbers {
            try database.execute(
                sql: "DELETE FROM \(table.rawValue) WHERE \(column) = ? AND minute < ?",
                arguments: [number, horizon]
            )
            gone += database.changesCount
        }
        if round.place == 0 { chain.emptied(before: round.emptied, of: table) }
        return gone
    }

    /// All edges were looked at: those that nothing is left of go, and it is seen whether the rest is too much. Returns how many
    /// rows went.
    private func endRound(
        _ database: Database,
        _ retention: RetentionRules,
        before horizon: Int64,
        isPressed: Bool
    ) throws -> Int {
        let (scaled, isOver) = horizon.multipliedReportingOverflow(by: 1_000_000_000)
        let last = isOver ? Int64.min : scaled
        var gone = 0
        // With their minutes: one that was looked at early in the round may have some that were too young then.
        for statement in [
            "DELETE FROM edge_minutes WHERE edge IN (SELECT id FROM edges WHERE last < ?1)",
            "DELETE FROM edges WHERE last < ?1",
            "DELETE FROM container_minutes WHERE container IN (SELECT id FROM endpoints WHERE last < ?1)",
            """
            DELETE FROM endpoints WHERE last < ?1 AND id NOT IN (SELECT source FROM edges)
            AND id NOT IN (SELECT destination FROM edges)
            """,
        ] {
            try database.execute(sql: statement, arguments: [last])
            gone += database.changesCount
        }
        // An edge has at most a row for each minute of its life: only where that is too much they are counted.
        let rows = try Int64.fetchOne(database, sql: "SELECT sum((last - first) / 60000000000 + 1) FROM edges") ?? 0
        guard isPressed || UInt64(clamping: rows) > retention.minutes.size / Self.rowSize else { return gone }
        let count = try Int64.fetchOne(database, sql: "SELECT count(*) FROM edge_minutes") ?? 0
        guard isPressed || UInt64(clamping: count) > retention.minutes.size / Self.rowSize else { return gone }
        let first = try Int64.fetchOne(database, sql: "SELECT min(minute) FROM edge_minutes") ?? 0
        let newest = try Int64.fetchOne(database, sql: "SELECT max(last) / 1000000000 FROM edges") ?? first
        let start = max(first, horizon)
        if newest > start { pressed = max(pressed, start + max(60, (newest - start) / 10)) }
        return gone
    }
}
