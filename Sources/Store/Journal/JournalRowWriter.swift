import Addressing
import Containers
import GRDB
import Records

/// Writes entries of the identity journal, each as the line that `JournalReader` reads.
final class JournalRowWriter {
    private let insert: RowWriter
    private var writer = JournalWriter()

    init(_ database: Database) throws {
        insert = try RowWriter(database, "INSERT INTO journal (time, session, line) VALUES (?, ?, ?)")
    }

    func write(_ entries: [JournalEntry], session: Int64) throws {
        for entry in entries {
            writer.write(entry)
            let line = String(decoding: writer.bytes.dropLast(), as: UTF8.self)
            writer.removeAll()
            insert.bind(entry.time.nanoseconds)
            insert.bind(session)
            insert.bind(line)
            try insert.step()
        }
    }
}
