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
        // A table that is another than this program makes is not read: in its place may be a view without end.
        var others: Set<String> = CoveredTable.chains
        try look(at: "schema", &answer) { others = try SchemaCheck.run($0, &$1) }
        // An older version's file lacks what came later.
        let tables = try read { database in
            // Chains may be looked at without what stays of them.
            if try !database.tableExists("custody_trail") { others.remove("custody_trail") }
            return try CoveredTable.allCases.filter { try database.tableExists($0.rawValue) }
        }
        for table in tables where others.isDisjoint(with: table.tables) {
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
        let known = answer.database
        try look(at: "header", &answer) { try IdentityCheck.run($0, known, &$1) }
        try look(at: "pages", &answer) { try PageCheck.run($0, &$1) }
        try look(at: "header", &answer) { HeaderCheck.run($0, &$1) }
        // While somebody reads it the log does not begin anew.
        try look(at: "log", &answer) { LogCheck.run(&$1, reading: $0) }
        return answer
    }

    /// Looks at a part of the file; that it cannot be read is a finding.
    private func look(
        at part: String,
        _ answer: inout CustodyAnswer,
        _ body: (Database, inout CustodyAnswer) throws -> Void
    ) throws(StoreError) {
        do throws(StoreError) {
            try read { try body($0, &answer) }
        } catch {
            guard case .damaged(_, let what) = error else { throw error }
            answer.add(CustodyFinding(.unreadable, part, .structure(what)))
        }
    }

    /// The digest of a milestone as it is kept, as digits; nil when there is no such one.
    package func custodyMilestone(_ number: Int64, of table: String) throws(StoreError) -> String? {
        guard let table = CoveredTable(rawValue: table) else { return nil }
        return try read { database in
            guard try database.tableExists("custody_trail") else { return nil }
            let row = try RowReader(
                database,
                "SELECT digest FROM custody_trail WHERE strand = '\(table.rawValue)' AND number = ?1",
                [number]
            )
            guard try row.next() else { return nil }
            defer { row.restart([]) }
            return DigestValue(row.bytes(0)).map { "\($0)" } ?? ""
        }
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
        var trail = TrailCheck(chain.table)
        strand.milestone = try trail.run(database, &answer)
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
