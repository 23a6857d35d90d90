import Addressing
import Containers
import GRDB
package import Records

extension Store {
    /// Rows of a kind, those that cases keep among them: what a query reads from.
    static func whole(_ kind: KeptKind, _ database: Database) throws -> String {
        // An older version's file, which is only read, has none.
        try database.tableExists(kind.kept.rawValue) ? kind.whole : kind.table.rawValue
    }

    /// Whether there are tables of what cases keep: an older version's file has none.
    package var keepsCases: Bool {
        get throws(StoreError) { try read { try $0.tableExists("cases") } }
    }

    /// Cases, the newest first, at most `limit` of them; `isAll` when those that were let go are wanted, too. A row that cannot
    /// be read is told, an error that names it, and costs no other.
    package func cases(
        isAll: Bool = false,
        limit: Int = 4096,
        unread: (StoreError) -> Void
    ) throws(StoreError) -> [CaseRecord] {
        try read { database in
            guard try database.tableExists("cases") else { return [] }
            let which = isAll ? "" : "WHERE released IS NULL"
            return try Self.cases(
                database,
                "SELECT id, record FROM cases \(which) ORDER BY id DESC LIMIT ?1",
                Int64(limit),
                unread
            )
        }
    }

    /// The case with a number; nil when there is none.
    package func `case`(_ number: UInt64) throws(StoreError) -> CaseRecord? {
        try read { database in
            guard let number = Int64(exactly: number), try database.tableExists("cases") else { return nil }
            let sql = "SELECT id, record FROM cases WHERE id = ?1"
            return try Self.cases(database, sql, number) { throw $0 }.first
        }
    }

    private static func cases(
        _ database: Database,
        _ sql: String,
        _ argument: Int64,
        _ unread: (StoreError) throws -> Void
    ) throws -> [CaseRecord] {
        var records: [CaseRecord] = []
        let rows = try RowReader(database, sql, [argument])
        while try rows.next() {
            let line = rows.bytes(1)
            guard var record = try? CaseRecord(reading: line.span) else {
                try unread(.unreadable(table: "cases", row: rows.number(0)))
                continue
            }
            record.action = .state
            record.connections = try connections(database, of: record)
            records.append(record)
        }
        return records
    }

    /// Connections that were counted of its container in its time; nil where nothing is counted any more.
    private static func connections(_ database: Database, of record: CaseRecord) throws -> UInt64? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT sum(flows) FROM container_minutes WHERE container =
                (SELECT id FROM endpoints WHERE kind = 'container' AND name = ?) AND minute >= ? AND minute <= ?
                """,
            arguments: [
                record.container.key.identifier, record.from.seconds - 60,
                (record.ended ?? record.released)?.seconds ?? Int64.max,
            ]
        ).map { UInt64(clamping: $0) }
    }
}
