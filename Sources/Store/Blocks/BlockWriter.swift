import Addressing
import Enforcement
import GRDB
import Records

/// Writes blocks: a row each, by its number, that says how it stands now.
final class BlockWriter {
    private let insert: RowWriter

    init(_ database: Database) throws {
        insert = try RowWriter(
            database,
            """
            INSERT INTO blocks (id, time, until, removed, record) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET until = excluded.until, removed = excluded.removed, record = excluded.record
            """
        )
    }

    func write(_ record: BlockRecord) throws {
        insert.bind(record.number)
        insert.bind(record.block.from.nanoseconds)
        insert.bind(record.block.until?.nanoseconds)
        insert.bind(record.ended?.nanoseconds)
        insert.bind(String(decoding: record.line.dropLast(), as: UTF8.self))
        try insert.step()
    }
}

extension BlockRecord {
    /// Of its row.
    var number: Int64 { Int64(clamping: block.identifier.number) }
}
