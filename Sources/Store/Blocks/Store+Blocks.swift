import Addressing
import GRDB
package import Records

extension Store {
    /// Blocks that were in force when they were written down last, by number, at most `limit` of them.
    ///
    /// A row that cannot be read is told, an error that names it, and costs no other.
    package func blocksInForce(
        limit: Int = 65_536,
        unread: (StoreError) -> Void
    ) throws(StoreError) -> [BlockRecord] {
        try blocks("SELECT id, record FROM blocks WHERE removed IS NULL ORDER BY id LIMIT ?1", [Int64(limit)], unread)
    }

    /// The newest blocks that ended, by when they began, the oldest of them first.
    package func blocksEnded(
        limit: Int = 1024,
        unread: (StoreError) -> Void
    ) throws(StoreError) -> [BlockRecord] {
        try blocks(
            "SELECT id, record FROM blocks WHERE removed IS NOT NULL ORDER BY time DESC, id DESC LIMIT ?1",
            [Int64(limit)],
            unread
        ).reversed()
    }

    /// The greatest number that a block ever had; 0 when there was none.
    package func lastBlockNumber() throws(StoreError) -> UInt64 {
        try read { database in
            let rows = try RowReader(database, "SELECT max(id) FROM blocks", [])
            guard try rows.next() else { return 0 }
            return UInt64(clamping: rows.number(0))
        }
    }

    /// Those that a query gives, whose columns are number and record.
    func blocks(
        _ sql: String,
        _ arguments: [Int64],
        _ unread: (StoreError) -> Void
    ) throws(StoreError) -> [BlockRecord] {
        try read { database in
            var records: [BlockRecord] = []
            let rows = try RowReader(database, sql, arguments)
            while try rows.next() {
                let line = rows.bytes(1)
                guard let record = try? BlockRecord(reading: line.span) else {
                    unread(.unreadable(table: "blocks", row: rows.number(0)))
                    continue
                }
                records.append(record)
            }
            return records
        }
    }
}
