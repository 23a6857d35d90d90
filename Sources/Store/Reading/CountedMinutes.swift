import GRDB
import Graph

/// What was counted minute by minute, read thing by thing and handed out by minute.
struct CountedMinutes<Key: Hashable> {
    private var rows: [(minute: Int64, key: Int, counts: EdgeCounts)] = []
    private var keys: [Key] = []

    /// Takes all rows of a query whose first column is a minute, before six counts.
    mutating func read(_ reader: RowReader, of key: Key) throws {
        keys.append(key)
        while try reader.next() { rows.append((reader.number(0), keys.count - 1, EdgeCounts(reader, from: 1))) }
    }

    /// The oldest minute first. Each minute's dictionary is made once, with the room it needs: keys are long, and to hash them
    /// again as it grows is most of the work.
    consuming func byMinute() -> [(minute: Int64, counts: [Key: EdgeCounts])] {
        var rows = rows
        rows.sort { $0.minute < $1.minute }
        var minutes: [(minute: Int64, counts: [Key: EdgeCounts])] = []
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, rows[end].minute == rows[start].minute { end += 1 }
            var counts: [Key: EdgeCounts] = [:]
            counts.reserveCapacity(end - start)
            for row in rows[start..<end] { counts[keys[row.key]] = row.counts }
            minutes.append((rows[start].minute, counts))
            start = end
        }
        return minutes
    }
}
