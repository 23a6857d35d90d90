import Custody
import GRDB

/// The chain of one table, within a transaction: gives rows their numbers, and collects what its next link says.
///
/// Rows that somebody else wrote behind the last one are left where they are, and are not covered: they show.
final class StrandWriter {
    let table: CoveredTable
    private let one: RowReader
    private let statements: Statements
    /// The last link, when the transaction began or since; nil until it is looked for.
    private var head: Head?
    private let stored: RowReader
    private let newest: RowReader
    private let greatest: RowReader?
    private var given: Int64?
    /// The row that is written at present.
    var row = RowBytes()
    private var spans = RowSpans()
    private var leaves: [UInt8] = []
    /// Rows that are stated anew, out of order.
    private var again: [Int64: Leaf] = [:]

    private struct Head {
        var number: Int64
        var last: Int64
        var digest: DigestValue
    }

    /// Shared by all chains of a connection.
    final class Statements {
        let link: RowWriter
        let head: RowWriter

        init(_ database: Database) throws {
            link = try RowWriter(
                database,
                """
                INSERT INTO custody_links (strand, number, time, act, place, last, rows, leaves, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
            )
            head = try RowWriter(
                database,
                "INSERT OR REPLACE INTO custody_heads (strand, number, last, digest) VALUES (?, ?, ?, ?)"
            )
        }
    }

    init(_ table: CoveredTable, _ database: Database, _ statements: Statements) throws {
        self.table = table
        self.statements = statements
        let name = table.rawValue
        stored = try RowReader(database, "SELECT number, last, digest FROM custody_heads WHERE strand = '\(name)'")
        newest = try RowReader(database, "SELECT max(number) FROM custody_links WHERE strand = '\(name)'")
        greatest = try table.isByMinute ? nil : RowReader(database, "SELECT max(id) FROM \(name)")
        one = try RowReader(database, table.selectOne)
    }

    /// Nothing is known of the chain: a transaction begins.
    func reset() {
        head = nil
        given = nil
        spans.removeAll()
        leaves.removeAll(keepingCapacity: true)
        again.removeAll(keepingCapacity: true)
    }

    /// The number of the row that comes next, which none had before.
    func upcoming() throws -> Int64 {
        let last = try given ?? max(open().last, greatestRow())
        let (number, isOver) = last.addingReportingOverflow(1)
        guard !isOver else { throw Self.exhausted(table) }
        return number
    }

    /// Takes it.
    func next() throws -> Int64 {
        let number = try upcoming()
        given = number
        return number
    }

    /// Takes so many, which the caller gave to rows himself, from the upcoming one on.
    func take(_ count: Int64) throws {
        let (number, isOver) = try upcoming().addingReportingOverflow(count - 1)
        guard !isOver else { throw Self.exhausted(table) }
        given = number
    }

    private func greatestRow() throws -> Int64 {
        guard let greatest else { return 0 }
        greatest.restart([])
        guard try greatest.next() else { return 0 }
        let number = greatest.number(0)
        _ = try greatest.next()
        return number
    }

    /// Begins what is said of a row under a number of `next`, which it returns; its other columns follow in `row`.
    func begin() throws -> Int64 {
        let number = try next()
        row.begin(table.rawValue)
        row.number(number)
        return number
    }

    /// The row that was begun is written.
    func endRow(_ number: Int64) { state(number, row.leaf) }

    /// Reads rows that were written back, by their numbers, and covers them as they stand.
    func cover(_ numbers: some Sequence<Int64>, minute: Int64? = nil) throws {
        for number in numbers {
            one.restart(minute.map { [number, $0] } ?? [number])
            guard try one.next() else { continue }
            state(number, one.leaf(of: table))
            _ = try one.next()
        }
    }

    private func state(_ number: Int64, _ leaf: Leaf) {
        if let last = spans.spans.last, number <= last.upperBound {
            again[number] = leaf
        } else {
            spans.append(number)
            leaf.append(to: &leaves)
        }
    }

    /// Writes the links of this transaction.
    func commit(at time: Int64, minute: Int64 = 0) throws {
        if !spans.isEmpty { try write(.written, at: time, place: minute, rows: spans.bytes, leaves: leaves) }
        spans.removeAll()
        leaves.removeAll(keepingCapacity: true)
        guard !again.isEmpty else { return }
        for (number, leaf) in again.sorted(by: { $0.key < $1.key }) {
            spans.append(number)
            leaf.append(to: &leaves)
        }
        again.removeAll(keepingCapacity: true)
        try write(.written, at: time, place: minute, rows: spans.bytes, leaves: leaves)
        spans.removeAll()
        leaves.removeAll(keepingCapacity: true)
    }

    /// Says which rows were forgotten.
    func forgot(_ numbers: [Int64], at time: Int64) throws {
        guard !numbers.isEmpty else { return }
        try write(.forgotten, at: time, rows: RowSpans(numbers).bytes)
    }

    /// Writes a link behind the last.
    func write(
        _ act: Link.Act,
        at time: Int64,
        place: Int64 = 0,
        rows: [UInt8] = [],
        leaves: [UInt8] = []
    ) throws {
        var head = try open()
        let (number, isOver) = head.number.addingReportingOverflow(1)
        guard !isOver else { throw Self.exhausted(table) }
        var link = Link(table.rawValue, number, at: time, act)
        (link.place, link.rows, link.leaves) = (place, rows, leaves)
        let last = table.isByMinute ? place : spans.spans.last?.upperBound ?? head.last
        switch act {
        case .begun: head.last = place
        case .written: head.last = max(head.last, last)
        case .forgotten, .cut, .horizon: break
        }
        link.last = head.last
        head.number = number
        head.digest = link.digest(after: head.digest)
        try write(link, head)
        self.head = head
    }

    private func write(_ link: Link, _ head: Head) throws {
        statements.link.bind(link.strand)
        statements.link.bind(link.number)
        statements.link.bind(link.time)
        statements.link.bind(link.act.rawValue)
        statements.link.bind(link.place)
        statements.link.bind(link.last)
        statements.link.bind(link.rows.span)
        statements.link.bind(link.leaves.span)
        statements.link.bind(head.digest.bytes.span)
        try statements.link.step()
        statements.head.bind(table.rawValue)
        statements.head.bind(head.number)
        statements.head.bind(head.last)
        statements.head.bind(head.digest.bytes.span)
        try statements.head.step()
    }

    /// The last row that a link speaks of, or the last minute.
    func last() throws -> Int64 { try open().last }

    private func open() throws -> Head {
        if let head { return head }
        var known = Head(number: 0, last: 0, digest: .none)
        stored.restart([])
        if try stored.next() {
            known = Head(
                number: stored.number(0),
                last: stored.number(1),
                digest: DigestValue(stored.bytes(2)) ?? .none
            )
            _ = try stored.next()
        }
        // Links that somebody put there must not keep the agent from writing.
        newest.restart([])
        if try newest.next() { known.number = max(known.number, newest.number(0)) }
        _ = try newest.next()
        head = known
        return known
    }

    /// Somebody wrote the greatest number there is.
    private static func exhausted(_ table: CoveredTable) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no number is left for a row of \(table.rawValue)")
    }

    /// The number of the last link.
    func number() throws -> Int64 { try open().number }

    /// Whether there is a chain already.
    func hasBegun() throws -> Bool { try open().number > 0 }
}
