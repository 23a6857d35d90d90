import Addressing
import Custody
import GRDB

/// Compares rows of minutes with what the links of their chain say of them.
struct MinuteRowCheck {
    private let database: Database
    private let chain: ChainCheck
    private let one: RowReader
    /// Links that say what was written.
    private let written: String
    private var row: RowBytes
    /// Of minutes that several links speak of: the last link that speaks of a row. That one counts.
    private var lastLinks: [Int64: [Int64: Int64]] = [:]
    /// Whether there are more of those than are remembered.
    private var isBeyond = false
    private(set) var checked: UInt64 = 0
    private(set) var uncovered: UInt64 = 0

    /// Rows of `lastLinks`; what is more is compared with each link.
    static var limit: Int { 1 << 20 }

    init(_ database: Database, _ chain: ChainCheck) throws {
        self.database = database
        self.chain = chain
        row = RowBytes(chain.table.rawValue)
        written = "FROM custody_links WHERE strand = '\(chain.table.rawValue)' AND act = \(Link.Act.written.rawValue)"
        one = try RowReader(database, chain.table.selectOne)
    }

    mutating func run(_ answer: inout CustodyAnswer) throws {
        try findLastLinks()
        var seen: UInt64 = 0
        let from = chain.base.map { $0 == .max ? $0 : $0 + 1 } ?? .min
        let links = try RowReader(database, "SELECT number, time, place, rows, leaves \(written) ORDER BY number")
        while try links.next() {
            guard !chain.bad.contains(links.number(0)) else { continue }
            let (time, minute) = (Timestamp(nanoseconds: links.number(1)), links.number(2))
            guard let spans = try? RowSpans(bytes: links.bytes(3)) else { continue }
            let leaves = links.bytes(4)
            for (place, number) in spans.rows.enumerated() {
                guard let leaf = Leaf(at: place, of: leaves) else { break }
                if let last = lastLinks[minute]?[number], last > links.number(0) { continue }
                let found = try look(number, minute)
                if found != nil, minute >= from { seen += 1 }
                if found == leaf {
                    checked += 1
                } else if isBeyond, try isSaidLater(number, minute, links.number(0)) {
                    continue
                } else if found != nil || minute >= chain.horizon {
                    let kind = found == nil ? CustodyFinding.Kind.removed : .altered
                    answer.add(CustodyFinding(kind, chain.table.rawValue, .minute(minute, row: number), at: time))
                }
            }
        }
        let total = try count("m.minute >= \(from) AND m.minute <= \(chain.last)")
        // What several links speak of was counted again where there was no room to remember it.
        if total > seen || isBeyond, chain.bad.isEmpty {
            let added = AddedMinutes(database, table: chain.table, from: from, to: chain.last)
            try added.find(&answer)
        }
        uncovered = try count("m.minute > \(chain.last)")
        if let base = chain.base { uncovered += try count("m.minute <= \(base)") }
    }

    private mutating func findLastLinks() throws {
        let links = try RowReader(
            database,
            """
            SELECT number, place, rows \(written)
            AND place IN (SELECT place \(written) GROUP BY place HAVING count(*) > 1) ORDER BY number
            """
        )
        var count = 0
        while try links.next() {
            guard !chain.bad.contains(links.number(0)), let spans = try? RowSpans(bytes: links.bytes(2)) else {
                continue
            }
            for row in spans.rows {
                isBeyond = count >= Self.limit
                guard !isBeyond else { return links.restart([]) }
                if lastLinks[links.number(1), default: [:]].updateValue(links.number(0), forKey: row) == nil {
                    count += 1
                }
            }
        }
    }

    /// Whether a link behind one speaks of the same row.
    private func isSaidLater(_ number: Int64, _ minute: Int64, _ link: Int64) throws -> Bool {
        let later = try RowReader(
            database,
            "SELECT number, rows \(written) AND number > ?1 AND place = ?2",
            [link, minute]
        )
        while try later.next() {
            guard !chain.bad.contains(later.number(0)), let spans = try? RowSpans(bytes: later.bytes(1)) else {
                continue
            }
            if spans.contains(number) {
                later.restart([])
                return true
            }
        }
        return false
    }

    /// What is kept in the chain of a row as it is now; nil when there is none.
    private mutating func look(_ number: Int64, _ minute: Int64) throws -> Leaf? {
        one.restart([number, minute])
        guard try one.next() else { return nil }
        let leaf = one.leaf(in: &row)
        one.restart([])
        return leaf
    }

    private func count(_ condition: String) throws -> UInt64 {
        let sql = "SELECT count(*) FROM \(chain.table.rawValue) m WHERE \(condition)"
        return UInt64(clamping: try Int64.fetchOne(database, sql: sql) ?? 0)
    }
}
