import GRDB

/// Parts of flows that cases keep: each case has its own, so that they go with it.
final class CaseParts {
    private let database: Database
    private let chain: ChainWriter
    private let known: RowReader
    private let value: RowReader
    private let insert: RowWriter

    init(_ database: Database, _ chain: ChainWriter) throws {
        self.database = database
        self.chain = chain
        known = try RowReader(database, "SELECT 1 FROM case_parts WHERE part = ?1 AND case_id = ?2")
        value = try RowReader(
            database,
            """
            SELECT kind, since, value FROM parts WHERE id = ?1
            UNION ALL SELECT kind, since, value FROM case_parts WHERE part = ?1 LIMIT 1
            """
        )
        insert = try RowWriter(
            database,
            "INSERT INTO case_parts (id, case_id, part, kind, since, value) VALUES (?, ?, ?, ?, ?, ?)",
            covering: chain[.caseParts]
        )
    }

    /// Takes a part for a case, if it has not got it. Returns the bytes that it takes, about.
    func take(_ part: Int64, for number: UInt64) throws -> UInt64 {
        let number = Int64(clamping: number)
        known.restart([part, number])
        let isKnown = try known.next()
        known.restart([])
        value.restart([part])
        defer { value.restart([]) }
        guard !isKnown, try value.next() else { return 0 }
        let bytes = value.bytes(2)
        try insert.bindNumber()
        insert.bind(number)
        insert.bind(part)
        insert.bind(value.number(0))
        insert.bind(value.number(1))
        insert.bind(bytes.span)
        try insert.step()
        return UInt64(bytes.count) + 70
    }

    /// Forgets some of those of a case. Returns how many.
    func letGo(of number: UInt64, limit: Int) throws -> Int {
        let gone = try Int64.fetchAll(
            database,
            sql: """
                DELETE FROM case_parts WHERE id IN (SELECT id FROM case_parts WHERE case_id = ? LIMIT \(limit)) RETURNING id
                """,
            arguments: [Int64(clamping: number)]
        )
        try chain.forgot(gone, of: .caseParts)
        return gone.count
    }
}
