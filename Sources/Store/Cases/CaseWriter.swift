import Addressing
import Containers
import GRDB
import Records

/// Writes cases: a row each, by its number, that says how it stands now.
struct CaseWriter {
    private let insert: RowWriter

    init(_ database: Database) throws {
        insert = try RowWriter(
            database,
            """
            INSERT INTO cases (id, container, opened, ended, released, journal, record) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, released = excluded.released, journal = excluded.journal,
            record = excluded.record
            """
        )
    }

    func write(_ record: CaseRecord, journal: Int64) throws {
        insert.bind(Int64(clamping: record.number))
        insert.bind(record.container.key.identifier)
        insert.bind(record.opened.nanoseconds)
        insert.bind(record.ended?.nanoseconds)
        insert.bind(record.released?.nanoseconds)
        insert.bind(journal)
        insert.bind(String(decoding: record.line.dropLast(), as: UTF8.self))
        try insert.step()
    }
}
