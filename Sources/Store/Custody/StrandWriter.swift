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
    private let milestone: RowReader
    private let greatest: RowReader?
    private var given: Int64?
    /// The row that is written at present.
    var row: RowBytes
    private var spans = RowSpans()
    private var leaves: [UInt8] = []
    /// Rows that are stated anew, out of order.
    private var again: [Int64: Leaf] = [:]

    private struct Head {
        var number: Int64
        var last: Int64
        var digest: DigestValue
        /// Whether there is a link, or a head that knows of one.
        var isThere = true
        /// What stands in a head that knows of none.
        var beginning: Int64?
    }

    /// Shared by all chains of a connection.
    final class Statements {
        let link: RowWriter
        let head: RowWriter
        let trail: RowWriter
        let forgetTrail: RowWriter

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
            trail = try RowWriter(
                database,
                """
                INSERT OR REPLACE INTO custody_trail
                (strand, number, time, act, place, last, rows, leaves, digest, previous)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
            )
            forgetTrail = try RowWriter(database, "DELETE FROM custody_trail WHERE strand = ? AND number < ?")
        }
    }

    init(_ table: CoveredTable, _ database: Database, _ statements: Statements) throws {
        self.table = table
        row = RowBytes(table.rawValue)
        self.statements = statements
        let name = table.rawValue
        stored = try RowReader(database, "SELECT number, last, digest FROM custody_heads WHERE strand = '\(name)'")
        newest = try RowReader(database, "SELECT max(number) FROM custody_links WHERE strand = '\(name)'")
        milestone = try RowReader(
            database,
            "SELECT number, digest FROM custody_trail WHERE strand = '\(name)' ORDER BY number DESC LIMIT 1"
        )
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
        row.begin()
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
            state(number, one.leaf(in: &row))
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

    /// Links between two milestones, and from the newest milestone back to the oldest that is kept: two years of a link a second.
    private static var stride: Int64 { 256 }
    static var trailLimit: Int64 { stride << 18 }

    /// Writes a milestone.
    func mark(at time: Int64) throws {
        milestone.restart([])
        let isThere = try milestone.next()
        let (place, digest) = isThere ? (milestone.number(0), milestone.bytes(1)) : (0, [])
        milestone.restart([])
        try write(.milestone, at: time, place: place, leaves: digest)
        statements.forgetTrail.bind(table.rawValue)
        statements.forgetTrail.bind(try number() - Self.trailLimit)
        try statements.forgetTrail.step()
    }

    /// Writes a link behind the last.
    func write(
        _ act: Link.Act,
        at time: Int64,
        place: Int64 = 0,
        rows: [UInt8] = [],
        leaves: [UInt8] = []
    ) throws {
        let isOwn = act == .milestone || act == .begun || act == .broken
        if !isOwn, try open().number % Self.stride == Self.stride - 1 { try mark(at: time) }
        var head = try open()
        let previous = head.digest
        let (number, isOver) = head.number.addingReportingOverflow(1)
        guard !isOver else { throw Self.exhausted(table) }
        var link = Link(table.rawValue, number, at: time, act)
        (link.place, link.rows, link.leaves) = (place, rows, leaves)
        let last = table.isByMinute ? place : spans.spans.last?.upperBound ?? head.last
        switch act {
        case .begun, .broken: head.last = place
        case .written: head.last = max(head.last, last)
        case .forgotten, .cut, .horizon, .milestone: break
        }
        link.last = head.last
        head.number = number
        head.digest = link.digest(after: previous)
        head.isThere = true
        try write(link, head)
        switch act {
        case .begun, .broken, .milestone:
            Self.bind(link, head, statements.trail)
            statements.trail.bind(previous.bytes.span)
            try statements.trail.step()
        case .written, .forgotten, .cut, .horizon: break
        }
        self.head = head
    }

    private static func bind(_ link: Link, _ head: Head, _ row: RowWriter) {
        row.bind(link.strand)
        row.bind(link.number)
        row.bind(link.time)
        row.bind(link.act.rawValue)
        row.bind(link.place)
        row.bind(link.last)
        row.bind(link.rows.span)
        row.bind(link.leaves.span)
        row.bind(head.digest.bytes.span)
    }

    private func write(_ link: Link, _ head: Head) throws {
        Self.bind(link, head, statements.link)
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
        var known = Head(number: 0, last: 0, digest: .none, isThere: false)
        stored.restart([])
        if try stored.next() {
            known = Head(
                number: stored.number(0),
                last: stored.number(1),
                digest: DigestValue(stored.bytes(2)) ?? .none
            )
            known.beginning = known.number == 0 ? known.last : nil
            _ = try stored.next()
        }
        // Links that somebody put there must not keep the agent from writing.
        newest.restart([])
        if try newest.next() { known.number = max(known.number, newest.number(0)) }
        _ = try newest.next()
        known.isThere = known.number > 0
        if !known.isThere {
            // What is left of a chain that is gone is not written over.
            milestone.restart([])
            if try milestone.next() { known.number = milestone.number(0) }
            milestone.restart([])
        }
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
    func hasBegun() throws -> Bool { try open().isThere }

    /// The last row that was there when this version opened the file first, of a chain that has not begun; nil where nothing says so.
    func expected() throws -> Int64? { try open().beginning }
}
