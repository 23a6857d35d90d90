import Custody
import GRDB

/// The chains of all tables, on the connection that writes. What a transaction writes and forgets becomes a link of each table's.
final class ChainWriter {
    private let strands: [CoveredTable: StrandWriter]
    let database: Database
    /// Minutes that are not over yet.
    let minutes = OpenMinutes()
    private(set) var time: Int64 = 0

    init(_ database: Database) throws {
        self.database = database
        let statements = try StrandWriter.Statements(database)
        strands = try Dictionary(
            uniqueKeysWithValues: CoveredTable.allCases.map { ($0, try StrandWriter($0, database, statements)) }
        )
        fallback = try StrandWriter(.flows, database, statements)
    }

    subscript(table: CoveredTable) -> StrandWriter { strands[table] ?? fallback }

    /// Never used: there is a chain for each table.
    private let fallback: StrandWriter

    /// Begins a transaction, and the chains where they have not begun.
    func begin(at time: Int64) throws {
        self.time = time
        minutes.begin()
        for table in CoveredTable.allCases {
            self[table].reset()
            if try !self[table].hasBegun() { try begin(table) }
        }
    }

    private func begin(_ table: CoveredTable) throws {
        // Rows that are there already were written by a version that kept no chain, or somebody took their chain away: then there are
        // more of them than there were when this version opened the file first, or nothing says how many there were, or the trail is there.
        let place = try Int64.fetchOne(database, sql: table.lastRow) ?? table.noRow
        let isFirst = try self[table].number() == 0 && self[table].expected().map { place <= $0 } ?? false
        try self[table].write(isFirst ? .begun : .broken, at: time, place: place, rows: identity())
    }

    /// What tells this database from all others: sixteen random bytes. They stand where no chain's head does.
    func identity() throws -> [UInt8] {
        for _ in 0..<2 {
            let known = try RowReader(database, "SELECT digest FROM custody_heads WHERE strand = ''")
            defer { known.restart([]) }
            if try known.next() { return known.bytes(0) }
            try database.execute(
                sql: "INSERT INTO custody_heads (strand, number, last, digest) VALUES ('', 0, 0, randomblob(16))"
            )
        }
        return []
    }

    /// Writes what the transaction comes to.
    func commit() throws {
        for table in CoveredTable.allCases where !table.isByMinute { try self[table].commit(at: time) }
        try minutes.cover(self, at: time)
    }

    /// It is committed.
    func end() { minutes.end() }

    /// Says which rows were forgotten.
    func forgot(_ numbers: [Int64], of table: CoveredTable) throws { try self[table].forgot(numbers, at: time) }

    /// Says that no row of a minute before one is left.
    func emptied(before minute: Int64, of table: CoveredTable) { minutes.emptied(before: minute, of: table) }

    /// Says that rows of minutes before one may be forgotten.
    func forgotMinutes(before minute: Int64, of table: CoveredTable) throws {
        guard minutes.isLater(minute, of: table) else { return }
        try self[table].write(.horizon, at: time, place: minute)
    }
}

extension ChainWriter {
    /// Links that go at a time, and how many are worth the one that says so.
    private static var step: Int { 512 }
    private static var worth: Int { 256 }

    /// Forgets the oldest links when nothing is left of what they speak of: the last link of each chain says up to where.
    func cut() throws {
        for table in CoveredTable.allCases { try cut(table) }
    }

    private func cut(_ table: CoveredTable) throws {
        let strand = self[table]
        let left: Int64? =
            table.isByMinute
            ? minutes.emptied(of: table)
            : try Int64.fetchOne(database, sql: "SELECT min(id) FROM \(table.rawValue)")
                ?? strand.last().addingReportingOverflow(1).partialValue
        guard let left else { return }
        let oldest = try RowReader(
            database,
            """
            SELECT number, last, digest FROM custody_links WHERE strand = '\(table.rawValue)'
            ORDER BY number LIMIT \(Self.step)
            """
        )
        var count = 0
        var cut: (number: Int64, digest: [UInt8])?
        while try oldest.next(), oldest.number(1) < left {
            count += 1
            cut = (oldest.number(0), oldest.bytes(2))
        }
        oldest.restart([])
        guard count >= Self.worth, let cut, cut.number <= (try strand.number()) else { return }
        let identity = try identity()
        try database.execute(
            sql: "DELETE FROM custody_links WHERE strand = ? AND number <= ?",
            arguments: [table.rawValue, cut.number]
        )
        try strand.write(.cut, at: time, place: cut.number, rows: identity, leaves: cut.digest)
        try strand.mark(at: time)
    }
}
