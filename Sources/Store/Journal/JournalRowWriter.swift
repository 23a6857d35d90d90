import Addressing
import Containers
import GRDB
import Records

/// Writes entries of the identity journal, each as the line that `JournalReader` reads.
final class JournalRowWriter {
    private let database: Database
    private let strand: StrandWriter
    private let insert: RowWriter
    private var writer = JournalWriter()

    init(_ database: Database, covering strand: StrandWriter) throws {
        self.database = database
        self.strand = strand
        insert = try RowWriter(
            database,
            "INSERT INTO journal (id, time, session, line) VALUES (?, ?, ?, ?)",
            covering: strand
        )
    }

    func write(_ batch: borrowing StoreBatch, session: Int64) throws {
        var inventories = batch.inventories.makeIterator()
        var next = inventories.next()
        for (offset, entry) in batch.journal.enumerated() {
            if let inventory = next, inventory.offset == offset {
                try Session.noteInventory(database, strand, at: inventory.time)
                next = inventories.next()
            }
            writer.write(entry)
            let line = String(decoding: writer.bytes.dropLast(), as: UTF8.self)
            writer.removeAll()
            try insert.bindNumber()
            insert.bind(entry.time.nanoseconds)
            insert.bind(session)
            insert.bind(line)
            try insert.step()
        }
    }
}
