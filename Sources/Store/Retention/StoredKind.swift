import GRDB

/// Rows that are forgotten oldest first.
enum StoredKind: String, CaseIterable {
    case flows, journal, gaps, alerts, audit

    /// The column that says how old a row is; there is an index on it.
    var time: String { self == .flows ? "last" : "time" }

    /// Bytes that a row takes besides what varies: numbers, SQLite's header, the index.
    private var fixed: Int { self == .flows ? 110 : 48 }

    /// What varies.
    private var length: String {
        switch self {
        case .flows: "length(fields)"
        case .journal: "length(line)"
        case .gaps: "0"
        case .alerts: "length(record)"
        case .audit: "length(actor) + length(act)"
        }
    }

    private var table: CoveredTable {
        switch self {
        case .flows: .flows
        case .journal: .journal
        case .gaps: .gaps
        case .alerts: .alerts
        case .audit: .audit
        }
    }

    func limit(_ retention: RetentionRules) -> RetentionRules.Limit {
        switch self {
        case .flows: retention.flows
        case .journal: retention.journal
        case .gaps: retention.gaps
        case .alerts: retention.alerts
        case .audit: retention.audit
        }
    }

    /// How many rows there are, and what each takes, by the newest thousand: rows come at one end and go at the other.
    func extent(_ database: Database) throws -> (rows: Int64, bytesEach: Int64) {
        // Asked for in one they would take a look at every row.
        let ends = try Row.fetchOne(
            database,
            sql: "SELECT (SELECT min(id) FROM \(rawValue)), (SELECT max(id) FROM \(rawValue))"
        )
        guard let ends, let first = ends[0] as Int64?, let last = ends[1] as Int64? else { return (0, 1) }
        let average = try Double.fetchOne(
            database,
            sql: "SELECT avg(\(length)) FROM (SELECT * FROM \(rawValue) ORDER BY id DESC LIMIT 1000)"
        )
        // Whoever wrote the file chose these numbers.
        let rows = last.subtractingReportingOverflow(first)
        return (rows.overflow ? .max : max(1, rows.partialValue), Int64(fixed) + Int64(max(0, min(1e9, average ?? 0))))
    }

    /// Which rows are forgotten first: those before a time, or without one those that were written first: by their own times a row
    /// that a wrong clock dated ahead would outlive all others.
    func oldest(before time: Int64?) -> String {
        time.map { "WHERE \(self.time) < \($0) ORDER BY \(self.time), id" } ?? "ORDER BY id"
    }

    /// Forgets at most `limit` of those rows. Returns how many.
    func forget(_ database: Database, _ chain: ChainWriter, _ condition: String, limit: Int) throws -> Int {
        let gone = try Int64.fetchAll(
            database,
            sql: """
                DELETE FROM \(rawValue) WHERE id IN
                (SELECT id FROM \(rawValue) \(condition) LIMIT \(limit)) RETURNING id
                """
        )
        try chain.forgot(gone, of: table)
        return gone.count
    }
}
