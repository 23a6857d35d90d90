package import Addressing
import GRDB
package import Records

/// What a report asks of a whole period.
extension Store {
    /// From when to when there is anything: of agents' runs, flows, alerts and the journal. Nil where there is nothing.
    package func span() throws(StoreError) -> (first: Timestamp, last: Timestamp)? {
        try read { database in
            let kept =
                try database.tableExists("cases")
                ? """
                UNION ALL SELECT (SELECT first FROM case_flows ORDER BY last LIMIT 1), max(last) FROM case_flows
                UNION ALL SELECT min(time), max(time) FROM case_journal
                UNION ALL SELECT min(time), max(time) FROM case_alerts
                """ : ""
            let rows = try RowReader(
                database,
                """
                SELECT min(first), max(last) FROM (
                SELECT min(started) AS first, max(max(heard, coalesce(ended, heard))) AS last FROM sessions
                UNION ALL SELECT min(time), max(time) FROM journal
                UNION ALL SELECT min(time), max(time) FROM alerts
                UNION ALL SELECT (SELECT first FROM flows ORDER BY last LIMIT 1), max(last) FROM flows
                UNION ALL SELECT min(first), max(last) FROM open_flows \(kept))
                """
            )
            guard try rows.next(), let first = rows.optional(0), let last = rows.optional(1) else { return nil }
            return (Timestamp(nanoseconds: first), Timestamp(nanoseconds: max(first, last)))
        }
    }

    /// When a run of an agent that began before a time was there last; nil where there was none.
    package func heard(before time: Timestamp) throws(StoreError) -> Timestamp? {
        try read { database in
            let last = "SELECT max(max(heard, coalesce(ended, heard))) FROM sessions WHERE started < ?"
            return try Int64.fetchOne(database, sql: last, arguments: [time.nanoseconds])
                .map { Timestamp(nanoseconds: $0) }
        }
    }

    /// Blocks that were in force at any time of a period, by number, at most `limit` of them. A row that cannot be read is told, an
    /// error that names it, and costs no other.
    package func blocks(
        since: Timestamp,
        until: Timestamp,
        limit: Int = 65_536,
        unread: (StoreError) -> Void
    ) throws(StoreError) -> [BlockRecord] {
        let table = try read { try Self.whole(.blocks, $0) }
        return try blocks(
            """
            SELECT id, record FROM \(table) WHERE time <= ?2 AND (removed IS NULL OR removed >= ?1) ORDER BY id LIMIT ?3
            """,
            [since.nanoseconds, until.nanoseconds, Int64(limit)],
            unread
        )
    }
}
