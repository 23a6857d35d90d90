import Addressing
import GRDB

/// Writes gaps.
final class GapWriter {
    private let insert: RowWriter

    init(_ database: Database, covering strand: StrandWriter) throws {
        insert = try RowWriter(
            database,
            """
            INSERT INTO gaps (id, time, since, reason, interface, netns, received, dropped, if_dropped, records)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            covering: strand
        )
    }

    func write(_ gap: StoredGap) throws {
        try insert.bindNumber()
        insert.bind(gap.time.nanoseconds)
        insert.bind(gap.since?.nanoseconds)
        insert.bind(gap.reason.rawValue)
        insert.bind(gap.interface)
        for count in [gap.namespace, gap.received, gap.dropped, gap.droppedByInterface, gap.records] {
            insert.bind(count.map { Int64(clamping: $0) })
        }
        try insert.step()
    }
}
