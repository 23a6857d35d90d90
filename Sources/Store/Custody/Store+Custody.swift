import Custody
import GRDB

extension Store {
    /// Looks whether every row that is covered is as it was written, a table at a time, each in one transaction: an agent may go on
    /// writing meanwhile.
    ///
    /// Where the file is damaged, that is a finding, and the other tables are looked at. Throws `.unchained` when there is no chain.
    package func custody() throws(StoreError) -> CustodyAnswer {
        let isThere = try read { try $0.tableExists("custody_links") && $0.tableExists("custody_heads") }
        guard isThere else { throw StoreError.unchained(path: path) }
        var answer = CustodyAnswer()
        // An older version's file lacks what came later.
        let tables = try read { database in try CoveredTable.allCases.filter { try database.tableExists($0.rawValue) } }
        for table in tables {
            var check = TableCheck(table)
            do throws(StoreError) {
                try read { try check.run($0, &answer) }
            } catch {
                guard case .damaged = error else { throw error }
                let subject = check.place.map { CustodyFinding.Subject.rows($0...$0) } ?? .all
                answer.add(CustodyFinding(.unreadable, table.rawValue, subject))
            }
            answer.add(check.strand, identity: check.identity)
        }
        return answer
    }

    /// The digest of a link as it stands there, as digits; nil when there is no such link.
    package func custodyLink(_ number: Int64, of table: String) throws(StoreError) -> String? {
        guard let table = CoveredTable(rawValue: table) else { return nil }
        return try read { database in
            let link = try RowReader(
                database,
                "SELECT digest FROM custody_links WHERE strand = '\(table.rawValue)' AND number = ?1",
                [number]
            )
            guard try link.next() else { return nil }
            defer { link.restart([]) }
            return DigestValue(link.bytes(0)).map { "\($0)" } ?? ""
        }
    }
}

/// A look at one table: its chain, and then its rows.
private struct TableCheck {
    private var chain: ChainCheck
    private(set) var strand: CustodyAnswer.Strand
    /// The row that was read last.
    private(set) var place: Int64?

    init(_ table: CoveredTable) {
        chain = ChainCheck(table)
        strand = chain.strand
    }

    var identity: [UInt8] { chain.identity }

    mutating func run(_ database: Database, _ answer: inout CustodyAnswer) throws {
        try chain.run(database, &answer)
        strand = chain.strand
        if chain.table.isByMinute {
            var rows = try MinuteRowCheck(database, chain)
            try rows.run(&answer)
            (strand.rows, strand.uncovered) = (rows.checked, rows.uncovered)
        } else {
            var rows = try NumberedRowCheck(database, chain)
            defer { place = rows.place }
            try rows.run(&answer)
            (strand.rows, strand.uncovered) = (rows.checked, rows.uncovered)
        }
    }
}
