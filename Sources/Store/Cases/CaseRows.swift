import GRDB

/// Rows that cases keep.
final class CaseRows {
    private let database: Database
    private let chain: ChainWriter
    private var takes: [KeptKind: RowWriter] = [:]
    private var gives: [KeptKind: RowWriter] = [:]

    init(_ database: Database, _ chain: ChainWriter) {
        self.database = database
        self.chain = chain
    }

    /// Takes a row for a case, with the number it has.
    func take(_ row: Int64, of kind: KeptKind, for number: UInt64) throws {
        let rest = kind.rest.joined(separator: ", ")
        let writer = try statement(
            kind,
            in: &takes,
            """
            INSERT INTO \(kind.kept.rawValue) (id, case_id, \(rest))
            SELECT id, ?2, \(rest) FROM \(kind.table.rawValue) WHERE id = ?1
            """
        )
        writer.bind(row)
        writer.bind(Int64(clamping: number))
        try writer.step()
    }

    /// Gives a row that is kept to another case.
    func give(_ row: Int64, of kind: KeptKind, to number: UInt64) throws {
        let writer = try statement(kind, in: &gives, "UPDATE \(kind.kept.rawValue) SET case_id = ?2 WHERE id = ?1")
        writer.bind(row)
        writer.bind(Int64(clamping: number))
        try writer.step()
    }

    /// Forgets rows.
    func remove(_ rows: [Int64], of kind: KeptKind) throws {
        guard !rows.isEmpty else { return }
        let remove = try RowWriter(database, "DELETE FROM \(kind.kept.rawValue) WHERE id = ?")
        for row in rows {
            remove.bind(row)
            try remove.step()
        }
        try chain.forgot(rows, of: kind.kept)
    }

    private func statement(
        _ kind: KeptKind,
        in known: inout [KeptKind: RowWriter],
        _ sql: String
    ) throws -> RowWriter {
        if let writer = known[kind] { return writer }
        let writer = try RowWriter(database, sql)
        known[kind] = writer
        return writer
    }
}
