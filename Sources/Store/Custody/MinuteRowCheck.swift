import Addressing
import Custody
import GRDB

/// Compares rows of minutes with what the links of their chain say of them.
struct MinuteRowCheck {
    private let database: Database
    private let chain: ChainCheck
    private let one: RowReader
    private let links: RowReader
    private let later: RowReader
    private var row = RowBytes()
    private(set) var checked: UInt64 = 0
    private(set) var uncovered: UInt64 = 0

    init(_ database: Database, _ chain: ChainCheck) throws {
        self.database = database
        self.chain = chain
        let written = "strand = '\(chain.table.rawValue)' AND act = \(Link.Act.written.rawValue)"
        one = try RowReader(database, chain.table.selectOne)
        let columns = "SELECT number, time, place, rows, leaves FROM custody_links WHERE \(written)"
        links = try RowReader(database, "\(columns) ORDER BY number")
        later = try RowReader(database, "\(columns) AND number > ?1 AND place = ?2 ORDER BY number DESC")
    }

    mutating func run(_ answer: inout CustodyAnswer) throws {
        var seen: UInt64 = 0
        let from = max(chain.horizon, chain.base.map { $0 == .max ? $0 : $0 + 1 } ?? .min)
        while try links.next() {
            guard !chain.bad.contains(links.number(0)) else { continue }
            let (time, minute) = (Timestamp(nanoseconds: links.number(1)), links.number(2))
            guard minute >= chain.horizon, let spans = try? RowSpans(bytes: links.bytes(3)) else { continue }
            let leaves = links.bytes(4)
            for (place, number) in spans.rows.enumerated() {
                guard let leaf = Leaf(at: place, of: leaves) else { break }
                let found = try look(number, minute)
                if found == leaf {
                    checked += 1
                    if minute >= from { seen += 1 }
                } else if try !isSaidLater(number, minute) {
                    let kind = found == nil ? CustodyFinding.Kind.removed : .altered
                    answer.add(CustodyFinding(kind, chain.table.rawValue, .minute(minute, row: number), at: time))
                    if found != nil, minute >= from { seen += 1 }
                }
            }
        }
        let total = try count("m.minute >= \(from) AND m.minute <= \(chain.last)")
        if total > seen, chain.bad.isEmpty { try findAdded(from, &answer) }
        uncovered = try count("m.minute > \(chain.last)")
        if let base = chain.base { uncovered += try count("m.minute <= \(base)") }
    }

    /// What is kept in the chain of a row as it is now; nil when there is none.
    private mutating func look(_ number: Int64, _ minute: Int64) throws -> Leaf? {
        one.restart([number, minute])
        guard try one.next() else { return nil }
        let leaf = one.leaf(of: chain.table, in: &row)
        one.restart([])
        return leaf
    }

    /// Whether a later link speaks of the same row: that one counts.
    private func isSaidLater(_ number: Int64, _ minute: Int64) throws -> Bool {
        later.restart([links.number(0), minute])
        while try later.next() {
            guard !chain.bad.contains(later.number(0)) else { continue }
            if let spans = try? RowSpans(bytes: later.bytes(3)), spans.contains(number) { return true }
        }
        return false
    }

    private func count(_ condition: String) throws -> UInt64 {
        let sql = "SELECT count(*) FROM \(chain.table.rawValue) m WHERE \(condition)"
        return UInt64(clamping: try Int64.fetchOne(database, sql: sql) ?? 0)
    }

    /// There are more rows than links speak of: looks which.
    private func findAdded(_ from: Int64, _ answer: inout CustodyAnswer) throws {
        let number = chain.table.number
        let all = try RowReader(
            database,
            """
            SELECT \(number), m.minute FROM \(chain.table.rawValue) m
            WHERE m.minute >= ?1 AND m.minute <= ?2 ORDER BY m.minute, \(number)
            """,
            [from, chain.last]
        )
        var minute: Int64?
        var known = RowSpans()
        while try all.next() {
            if minute != all.number(1) {
                minute = all.number(1)
                known = RowSpans()
                later.restart([0, all.number(1)])
                while try later.next() {
                    if let spans = try? RowSpans(bytes: later.bytes(3)) { known.formUnion(spans) }
                }
            }
            guard !known.contains(all.number(0)) else { continue }
            let subject = CustodyFinding.Subject.minute(all.number(1), row: all.number(0))
            answer.add(CustodyFinding(.added, chain.table.rawValue, subject))
        }
    }
}
