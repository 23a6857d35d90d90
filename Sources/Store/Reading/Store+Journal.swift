package import Addressing
import GRDB

/// A line of the stored identity journal.
package struct StoredLine: Hashable, Sendable {
    package var number: Int64
    package var time: Timestamp
    /// A JSON object, without its line end.
    package var text: String
}

/// Where a page of gaps ended, and the next one begins.
package struct GapPlace: Hashable, Sendable {
    var time: Int64
    var row: Int64
}

/// Some of the gaps that were asked for.
package struct GapPage: Hashable, Sendable {
    package var gaps: [StoredGap]
    /// Where the next page begins; nil when there is none.
    package var next: GapPlace?
}

extension Store {
    /// Lines of the journal in the order they were written: those of a span of time, after line `number`, at most `limit`.
    package func journal(
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        after number: Int64 = 0,
        limit: Int = 512
    ) throws(StoreError) -> [StoredLine] {
        try read { database in
            let rows = try RowReader(
                database,
                """
                SELECT id, time, line FROM \(try Self.whole(.journal, database))
                WHERE id > ? AND time >= ? AND time <= ? ORDER BY id LIMIT ?
                """,
                [number, since?.nanoseconds ?? .min, until?.nanoseconds ?? .max, Int64(limit)]
            )
            var lines: [StoredLine] = []
            while try rows.next() {
                let time = Timestamp(nanoseconds: rows.number(1))
                lines.append(StoredLine(number: rows.number(0), time: time, text: rows.text(2) ?? ""))
            }
            return lines
        }
    }

    /// A line from which on all that was known at a time is told: where the last inventory before it begins, or else the first of
    /// the session of the agent that was under way then.
    package func beginning(of time: Timestamp) throws(StoreError) -> Int64? {
        try read { database in
            let began = """
                SELECT min(id) FROM \(try Self.whole(.journal, database)) WHERE session =
                (SELECT id FROM sessions WHERE started <= ? ORDER BY id DESC LIMIT 1)
                """
            guard let first = try Int64.fetchOne(database, sql: began, arguments: [time.nanoseconds]) else {
                return nil
            }
            // Of an earlier session what was open then tells nothing of what is now.
            let told = "SELECT max(journal) FROM inventories WHERE time <= ? AND journal >= ?"
            let line = try Int64.fetchOne(database, sql: told, arguments: [time.nanoseconds, first]) ?? first
            return try Self.withoutHole(line, before: time, database)
        }
    }

    /// The same line, unless it is one that only a case keeps and the time is not that of a case: between what is kept and what is
    /// there lines are missing, and what they would have told.
    private static func withoutHole(_ line: Int64, before time: Timestamp, _ database: Database) throws -> Int64 {
        guard try database.tableExists("cases"),
            let live = try Int64.fetchOne(database, sql: "SELECT min(id) FROM journal"), live > line
        else { return line }
        let isOfCase = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM cases WHERE released IS NULL AND journal <= ? AND (ended IS NULL OR ended >= ?)
                )
                """,
            arguments: [line, time.before(CaseBook.tail)]
        )
        return isOfCase == true ? line : live
    }

    /// Gaps that end in a span of time, oldest first; at most `limit`.
    package func gaps(
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        limit: Int = 512
    ) throws(StoreError) -> [StoredGap] {
        try gaps(since: since, until: until, from: nil, limit: limit).gaps
    }

    /// A page of those from `place` on.
    package func gaps(
        since: Timestamp?,
        until: Timestamp?,
        from place: GapPlace?,
        limit: Int = 512
    ) throws(StoreError) -> GapPage {
        try read { database in
            var page = GapPage(gaps: [], next: nil)
            var place = place ?? GapPlace(time: .min, row: .min)
            var looked = 0
            let rows = try RowReader(
                database,
                """
                SELECT time, since, reason, interface, netns, received, dropped, if_dropped, records, id
                FROM \(try Self.whole(.gaps, database)) WHERE time >= ? AND time <= ? AND (time, id) > (?, ?) ORDER BY time, id LIMIT ?
                """,
                [since?.nanoseconds ?? .min, until?.nanoseconds ?? .max, place.time, place.row, Int64(limit)]
            )
            while try rows.next() {
                looked += 1
                place = GapPlace(time: rows.number(0), row: rows.number(9))
                guard let reason = rows.text(2).flatMap(StoredGap.Reason.init) else { continue }
                var gap = StoredGap(time: Timestamp(nanoseconds: rows.number(0)), reason: reason)
                gap.since = rows.optional(1).map(Timestamp.init(nanoseconds:))
                gap.interface = rows.text(3)
                gap.namespace = rows.optional(4).map(UInt64.init(clamping:))
                gap.received = rows.optional(5).map(UInt64.init(clamping:))
                gap.dropped = rows.optional(6).map(UInt64.init(clamping:))
                gap.droppedByInterface = rows.optional(7).map(UInt64.init(clamping:))
                gap.records = rows.optional(8).map(UInt64.init(clamping:))
                page.gaps.append(gap)
            }
            if looked == limit { page.next = place }
            return page
        }
    }
}
