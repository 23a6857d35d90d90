import Addressing
import Custody
import GRDB

/// Goes along the chain of a table from its first link to its last, and sees whether each follows from the one before.
struct ChainCheck {
    let table: CoveredTable
    /// Links whose content is not what it was; nothing that they say of rows is believed.
    private(set) var bad: Set<Int64> = []
    /// Rows that were forgotten, as links say; some were perhaps written anew since.
    private var forgotten = ForgottenRows()
    /// Rows that were written anew, as they stood last.
    private(set) var again: [Int64: (leaf: Leaf, time: Timestamp)] = [:]
    /// Whether those were too many to remember: then what is not as its first link says may be as a later one does.
    private(set) var isCut = false
    /// The last row from before the chain; nil when the chain is cut, as none of those is left.
    private(set) var base: Int64?
    /// Rows of minutes before it may be forgotten.
    private(set) var horizon = Int64.min
    /// The last row that a link speaks of, or the last minute.
    private(set) var last = Int64.min
    private(set) var identity: [UInt8] = []
    private(set) var strand: CustodyAnswer.Strand

    /// Whether a row was forgotten, and not written since.
    func isForgotten(_ row: Int64) -> Bool { forgotten.contains(row) && again[row] == nil }

    /// Whether a row that is not there may be missed: not where there is no knowing whether it was forgotten.
    func isMissed(_ row: Int64) -> Bool { !forgotten.isBeyond && !isForgotten(row) }

    /// Links that are remembered as bad, and rows as written anew. What is more is not looked at.
    static var limit: Int { 1 << 20 }

    private var previous: DigestValue?
    private var number: Int64 = 0
    private var time: Timestamp?
    /// A link whose digest is not that of its content, until the next one tells which of both is wrong.
    private var doubtful: (number: Int64, time: Timestamp, digest: DigestValue?)?

    init(_ table: CoveredTable) {
        self.table = table
        strand = CustodyAnswer.Strand(table: table.rawValue)
    }

    mutating func run(_ database: Database, _ answer: inout CustodyAnswer) throws {
        let name = table.rawValue
        let cut = try RowReader(
            database,
            """
            SELECT place, leaves FROM custody_links WHERE strand = '\(name)' AND act = \(Link.Act.cut.rawValue)
            ORDER BY number DESC LIMIT 1
            """
        )
        if try cut.next() {
            number = cut.number(0)
            previous = DigestValue(cut.bytes(1))
            cut.restart([])
        } else {
            previous = DigestValue.none
        }
        let links = try RowReader(
            database,
            """
            SELECT number, time, act, place, last, rows, leaves, digest FROM custody_links
            WHERE strand = '\(name)' ORDER BY number
            """
        )
        while try links.next() { take(links, &answer) }
        forgotten.settle()
        if forgotten.isBeyond {
            let what = "what was forgotten of it is in more than \(ForgottenRows.limit) pieces"
            answer.add(CustodyFinding(.unreadable, name, .structure(what)))
        }
        try end(database, &answer)
    }

    /// What links said of rows that were forgotten counts no more.
    private mutating func forget(_ spans: RowSpans) {
        if again.isEmpty { return }
        // Whichever are fewer are gone through: a case is let go of by many links.
        let rows = spans.spans.reduce(0.0) { $0 + Double($1.upperBound) - Double($1.lowerBound) + 1 }
        guard rows < Double(again.count) else {
            again = again.filter { !spans.contains($0.key) }
            return
        }
        for span in spans.spans { for row in span { again[row] = nil } }
    }

    private mutating func take(_ row: RowReader, _ answer: inout CustodyAnswer) {
        let now = Timestamp(nanoseconds: row.number(1))
        let next = row.number(0)
        if number == .max || next != number + 1 {
            settle(nil, &answer)
            if next > number {
                answer.add(CustodyFinding(.removed, table.rawValue, .links((number + 1)...(next - 1)), at: time ?? now))
            } else {
                answer.add(CustodyFinding(.altered, table.rawValue, .links(next...next), at: now))
            }
            previous = nil
        }
        if strand.since == nil { (strand.since, strand.first) = (now, next) }
        (number, time) = (next, now)
        let stored = DigestValue(row.bytes(7))
        var link = Link(table.rawValue, next, at: row.number(1), .written)
        let act = Link.Act(rawValue: row.number(2))
        (link.act, link.place, link.last) = (act ?? .written, row.number(3), row.number(4))
        (link.rows, link.leaves) = (row.bytes(5), row.bytes(6))
        if let known = previous {
            var computed = link.digest(after: known)
            if let doubt = doubtful, computed != stored, let other = doubt.digest, link.digest(after: other) == stored {
                // What it says follows from the content of the one before: there only the digest was wrong.
                settle(other, &answer)
                computed = link.digest(after: other)
            }
            settle(nil, &answer)
            if computed != stored || act == nil { doubtful = (next, now, act == nil ? nil : computed) }
        }
        previous = stored
        learn(link, isKnown: act != nil && doubtful == nil)
    }

    /// Tells what is wrong with the link that is in doubt: `digest` is what the next one holds for its digest, where it is not what
    /// stands there.
    private mutating func settle(_ digest: DigestValue?, _ answer: inout CustodyAnswer) {
        guard let doubt = doubtful else { return }
        doubtful = nil
        answer.add(CustodyFinding(.altered, table.rawValue, .links(doubt.number...doubt.number), at: doubt.time))
        if digest == nil, bad.count < Self.limit { bad.insert(doubt.number) }
    }

    private mutating func learn(_ link: Link, isKnown: Bool) {
        switch link.act {
        case .begun, .broken:
            // Rows have numbers from 1 on.
            base = table.isByMinute || link.place > 0 ? link.place : nil
            identity = link.rows
        case .cut: identity = link.rows
        case .milestone: break
        case .horizon: horizon = max(horizon, link.place)
        case .forgotten:
            guard let spans = try? RowSpans(bytes: link.rows) else { break }
            forgotten.add(spans)
            forget(spans)
        case .written:
            guard !table.isByMinute, let spans = try? RowSpans(bytes: link.rows) else { break }
            note(link, spans)
        }
        if isKnown { last = max(last, link.last) }
    }

    /// Remembers rows that were written before, as they are now.
    private mutating func note(_ link: Link, _ spans: RowSpans) {
        guard let first = spans.spans.first, first.lowerBound <= last else { return }
        // Spans of a file that somebody made may name more rows than there are digests, or than there is time for.
        for (place, row) in spans.rows.prefix(link.leaves.count / Leaf.length).enumerated() where row <= last {
            guard let leaf = Leaf(at: place, of: link.leaves) else { return }
            if again.count >= Self.limit, again[row] == nil {
                isCut = true
                return
            }
            again[row] = (leaf, Timestamp(nanoseconds: link.time))
        }
    }

    private mutating func end(_ database: Database, _ answer: inout CustodyAnswer) throws {
        let name = table.rawValue
        let head = try RowReader(
            database,
            "SELECT number, last, digest FROM custody_heads WHERE strand = '\(name)'"
        )
        guard try head.next() else {
            settle(nil, &answer)
            answer.add(CustodyFinding(.removed, name, .head, at: time))
            return
        }
        let (told, stated, digest) = (head.number(0), head.number(1), DigestValue(head.bytes(2)))
        head.restart([])
        if told == 0, number == 0, digest == previous {
            // It has not begun; rows are from before.
            base = stated
            return
        }
        if let doubt = doubtful, told == number, digest == doubt.digest {
            settle(digest, &answer)
        } else {
            settle(nil, &answer)
            if told == number, digest != previous {
                answer.add(CustodyFinding(.altered, name, .head, at: time))
            }
        }
        if told > number {
            answer.add(CustodyFinding(.removed, name, .links((number + 1)...told), at: time))
        } else if told < number || stated != last {
            answer.add(CustodyFinding(.altered, name, .head, at: time))
        }
        strand.number = number
        strand.digest = previous.map { "\($0)" } ?? ""
    }
}
