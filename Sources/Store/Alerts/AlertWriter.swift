import Addressing
import GRDB
import Records

/// Writes alerts, each as the line of JSON that it is told as, without the line's end.
final class AlertWriter {
    private let insert: RowWriter

    init(_ database: Database, covering strand: StrandWriter) throws {
        insert = try RowWriter(
            database,
            "INSERT INTO alerts (id, time, rule, severity, record) VALUES (?, ?, ?, ?, ?)",
            covering: strand
        )
    }

    func write(_ record: AlertRecord) throws {
        try insert.bindNumber()
        insert.bind(record.time.nanoseconds)
        insert.bind(record.rule)
        insert.bind(record.severity)
        insert.bind(String(decoding: record.line.dropLast(), as: UTF8.self))
        try insert.step()
    }
}
