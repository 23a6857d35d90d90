import Custody
import GRDB

/// Rows of minutes that may still be added to. They are covered when a minute is over for a while, as they stand then; one that is
/// added to later is covered anew at once.
///
/// What an agent that is killed had not covered the next one finds and covers.
final class OpenMinutes {
    /// By table, by minute in seconds: numbers of edges or containers.
    private var open: [CoveredTable: [Int64: Set<Int64>]] = [:]
    private var covered: [(table: CoveredTable, minute: Int64)] = []
    private var horizons: [CoveredTable: Int64] = [:]
    private var empty: [CoveredTable: Int64] = [:]
    /// In this transaction.
    private var moved: [CoveredTable: Int64] = [:]
    private var emptied: [CoveredTable: Int64] = [:]
    private var rows = 0

    /// Seconds from the beginning of a minute until it is covered.
    private static var patience: Int64 { 180 }
    /// Rows that wait at most: then all are covered as they stand.
    static var limit: Int { 1 << 20 }

    /// A row was written.
    func note(_ table: CoveredTable, _ minute: Int64, _ number: Int64) {
        if open[table, default: [:]][minute, default: []].insert(number).inserted { rows += 1 }
    }

    /// Looks for rows that were written after the last that is covered.
    func find(_ database: Database, _ chain: ChainWriter) throws {
        for (table, column, owners) in [
            (CoveredTable.edgeMinutes, "edge", "edges"), (.containerMinutes, "container", "endpoints"),
        ] {
            let last = try chain[table].last()
            let (nanoseconds, isOver) = last.multipliedReportingOverflow(by: 1_000_000_000)
            let found = try RowReader(
                database,
                """
                SELECT m.\(column), m.minute FROM \(owners) o JOIN \(table.rawValue) m ON m.\(column) = o.id
                WHERE o.last >= ?1 AND m.minute > ?2
                """,
                [isOver ? .min : nanoseconds, last]
            )
            while try found.next(), rows < Self.limit { note(table, found.number(1), found.number(0)) }
            found.restart([])
        }
    }

    /// Writes links for minutes that are over at a time, nanoseconds, and for those that were thought to be.
    func cover(_ chain: ChainWriter, at time: Int64) throws {
        for (table, minutes) in open.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let strand = chain[table]
            for (minute, numbers) in minutes.sorted(by: { $0.key < $1.key }) {
                let isOver = minute <= time / 1_000_000_000 - Self.patience
                guard try isOver || minute <= strand.last() || rows >= Self.limit else { continue }
                try strand.cover(numbers.sorted(), minute: minute)
                try strand.commit(at: time, minute: minute)
                covered.append((table, minute))
            }
        }
    }

    /// A transaction begins; what one before it did that failed was not done.
    func begin() {
        covered = []
        moved = [:]
        emptied = [:]
    }

    /// What was covered stays so: the transaction was committed.
    func end() {
        for (table, minute) in covered {
            if let numbers = open[table]?.removeValue(forKey: minute) { rows -= numbers.count }
        }
        horizons.merge(moved) { $1 }
        empty.merge(emptied) { $1 }
        begin()
    }

    /// Rows before it may be forgotten; nil where none were.
    private func horizon(of table: CoveredTable) -> Int64? { moved[table] ?? horizons[table] }

    /// Before which no row is left; nil where nobody looked yet.
    func emptied(of table: CoveredTable) -> Int64? { emptied[table] ?? empty[table] }

    /// Says that no row of a minute before one is left.
    func emptied(before minute: Int64, of table: CoveredTable) {
        emptied[table] = max(minute, emptied(of: table) ?? minute)
    }

    /// Whether a horizon is later than the last one; then it is the last one.
    func isLater(_ minute: Int64, of table: CoveredTable) -> Bool {
        guard minute > horizon(of: table) ?? .min else { return false }
        moved[table] = minute
        return true
    }
}
