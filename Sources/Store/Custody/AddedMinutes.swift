import Custody
import GRDB

/// Finds rows of minutes that no link speaks of. Also of minutes that may be forgotten: what is left of those has its links still.
///
/// The table stands by edge or container, and links by minute: so it is read for some minutes at a time, as many as have no more rows
/// than `limit`.
struct AddedMinutes {
    private struct Row {
        var minute: Int64
        var number: Int64
    }

    private let database: Database
    private let table: CoveredTable
    private let from: Int64
    private let to: Int64

    /// Rows that are held at a time.
    static var limit: Int { 1 << 20 }

    /// Of minutes, in seconds, from one to another, both included.
    init(_ database: Database, table: CoveredTable, from: Int64, to: Int64) {
        self.database = database
        self.table = table
        self.from = from
        self.to = to
    }

    func find(_ answer: inout CustodyAnswer, limit: Int = limit) throws {
        var (low, width) = (from, UInt64.max)
        while let first = try first(low) {
            // A minute alone is in order, and need not be held.
            guard first < to, width > 0 else {
                try findIn(first, &answer)
                guard first < to else { return }
                (low, width) = (first + 1, 64)
                continue
            }
            let most = UInt64(bitPattern: to &- first)
            let high = first &+ Int64(bitPattern: min(width, most))
            guard let rows = try rows(first, high, limit) else {
                width = min(width, most) / 2
                continue
            }
            try compare(rows, first, high, &answer)
            guard high < to else { return }
            low = high + 1
            if rows.count < limit / 4 { width = width > .max / 2 ? .max : width * 2 }
        }
    }

    /// The first minute there is from one on.
    private func first(_ low: Int64) throws -> Int64? {
        guard low <= to else { return nil }
        let sql = "SELECT min(minute) FROM \(table.rawValue) WHERE minute >= ? AND minute <= ?"
        return try Int64.fetchOne(database, sql: sql, arguments: [low, to])
    }

    private func reader(_ low: Int64, _ high: Int64) throws -> RowReader {
        let sql = "SELECT \(table.number), m.minute FROM \(table.rawValue) m WHERE m.minute >= ?1 AND m.minute <= ?2"
        return try RowReader(database, sql, [low, high])
    }

    /// By minute and number; nil when there are too many.
    private func rows(_ low: Int64, _ high: Int64, _ limit: Int) throws -> [Row]? {
        let found = try reader(low, high)
        var rows: [Row] = []
        while try found.next() {
            guard rows.count < limit else {
                found.restart([])
                return nil
            }
            rows.append(Row(minute: found.number(1), number: found.number(0)))
        }
        rows.sort { ($0.minute, $0.number) < ($1.minute, $1.number) }
        return rows
    }

    private func compare(_ rows: [Row], _ low: Int64, _ high: Int64, _ answer: inout CustodyAnswer) throws {
        let links = try RowReader(
            database,
            """
            SELECT place, rows FROM custody_links WHERE strand = '\(table.rawValue)' AND act = \(Link.Act.written.rawValue)
            AND place >= ?1 AND place <= ?2 ORDER BY place
            """,
            [low, high]
        )
        var hasLink = try links.next()
        var minute: Int64?
        var known = RowSpans()
        for row in rows {
            if minute != row.minute {
                minute = row.minute
                known = RowSpans()
                while hasLink, links.number(0) <= row.minute {
                    if links.number(0) == row.minute, let spans = try? RowSpans(bytes: links.bytes(1)) {
                        known.formUnion(spans)
                    }
                    hasLink = try links.next()
                }
            }
            if !known.contains(row.number) { add(row, &answer) }
        }
        links.restart([])
    }

    private func findIn(_ minute: Int64, _ answer: inout CustodyAnswer) throws {
        let links = try RowReader(
            database,
            """
            SELECT rows FROM custody_links WHERE strand = '\(table.rawValue)' AND act = \(Link.Act.written.rawValue)
            AND place = ?1
            """,
            [minute]
        )
        var known = RowSpans()
        while try links.next() {
            if let spans = try? RowSpans(bytes: links.bytes(0)) { known.formUnion(spans) }
        }
        let found = try reader(minute, minute)
        while try found.next() {
            guard !known.contains(found.number(0)) else { continue }
            add(Row(minute: minute, number: found.number(0)), &answer)
        }
    }

    private func add(_ row: Row, _ answer: inout CustodyAnswer) {
        answer.add(CustodyFinding(.added, table.rawValue, .minute(row.minute, row: row.number)))
    }
}
