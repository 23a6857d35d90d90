import Addressing
import GRDB

/// Writes what was done to the agent, or by it.
final class AuditWriter {
    private let insert: RowWriter

    init(_ database: Database, covering strand: StrandWriter) throws {
        insert = try RowWriter(
            database,
            "INSERT INTO audit (id, time, actor, act, outcome, record) VALUES (?, ?, ?, ?, ?, ?)",
            covering: strand
        )
    }

    func write(_ entry: AuditRecord) throws {
        try insert.bindNumber()
        insert.bind(entry.time.nanoseconds)
        insert.bind(entry.actor)
        insert.bind(entry.act)
        insert.bind(entry.outcome)
        insert.bind(entry.record)
        try insert.step()
    }
}
