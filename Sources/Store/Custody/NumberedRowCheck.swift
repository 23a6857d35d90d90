import Addressing
import Custody
import GRDB

/// Compares the rows of a table, in the order of their numbers, with what the links of its chain say of them.
struct NumberedRowCheck {
    private let chain: ChainCheck
    private let rows: RowReader
    private let links: RowReader
    private var row: RowBytes
    /// The number of the row that is looked at; nil at the end.
    private var present: Int64?
    /// Rows that were written anew or out of order, as long as they were not come to.
    private var waiting: [Int64: (leaf: Leaf, time: Timestamp)]
    /// Whether links came meanwhile that are not believed.
    private var isBlurred = false
    private(set) var checked: UInt64 = 0
    private(set) var uncovered: UInt64 = 0

    init(_ database: Database, _ chain: ChainCheck) throws {
        self.chain = chain
        row = RowBytes(chain.table.rawValue)
        waiting = chain.again
        rows = try RowReader(database, chain.table.select("ORDER BY id"))
        links = try RowReader(
            database,
            """
            SELECT number, time, rows, leaves FROM custody_links
            WHERE strand = '\(chain.table.rawValue)' AND act = \(Link.Act.written.rawValue) ORDER BY number
            """
        )
    }

    /// The last row that was read.
    private(set) var place: Int64 = 0

    mutating func run(_ answer: inout CustodyAnswer) throws {
        try advance()
        while let number = present, let base = chain.base, number <= base {
            if let known = waiting.removeValue(forKey: number) {
                compare(number, known.leaf, known.time, &answer)
            } else {
                uncovered += 1
            }
            try advance()
        }
        var last = chain.base ?? .min
        while try links.next() {
            if chain.bad.contains(links.number(0)) { isBlurred = true } else { try take(&last, &answer) }
        }
        while let number = present {
            extra(number, &answer)
            try advance()
        }
        for (number, known) in waiting.sorted(by: { $0.key < $1.key }) {
            answer.add(CustodyFinding(.removed, chain.table.rawValue, .rows(number...number), at: known.time))
        }
    }

    private mutating func take(_ last: inout Int64, _ answer: inout CustodyAnswer) throws {
        let time = Timestamp(nanoseconds: links.number(1))
        let leaves = links.bytes(3)
        guard let spans = try? RowSpans(bytes: links.bytes(2)) else {
            isBlurred = true
            return
        }
        let count = leaves.count / Leaf.length
        // Rows without a digest: a file that somebody made may name more than there is time for.
        defer { if count < spans.count { isBlurred = true } }
        for (place, number) in spans.rows.prefix(count).enumerated() where number > last {
            guard let leaf = Leaf(at: place, of: leaves) else { return }
            while let other = present, other < number {
                extra(other, &answer)
                try advance()
            }
            isBlurred = false
            last = number
            let known = waiting.removeValue(forKey: number) ?? (leaf, time)
            if present == number {
                if chain.isForgotten(number) {
                    extra(number, &answer)
                } else {
                    compare(number, known.leaf, known.time, &answer)
                }
                try advance()
            } else if chain.isMissed(number) {
                answer.add(CustodyFinding(.removed, chain.table.rawValue, .rows(number...number), at: known.time))
            }
        }
    }

    private mutating func compare(_ number: Int64, _ leaf: Leaf, _ time: Timestamp, _ answer: inout CustodyAnswer) {
        if rows.leaf(in: &row) == leaf {
            checked += 1
        } else if chain.isCut {
            uncovered += 1
        } else {
            answer.add(CustodyFinding(.altered, chain.table.rawValue, .rows(number...number), at: time))
        }
    }

    /// A row that no link speaks of in its place: perhaps a later one does, as it was written out of order.
    private mutating func extra(_ number: Int64, _ answer: inout CustodyAnswer) {
        if let known = waiting.removeValue(forKey: number) {
            compare(number, known.leaf, known.time, &answer)
        } else if isBlurred || chain.isCut {
            uncovered += 1
        } else {
            answer.add(CustodyFinding(.added, chain.table.rawValue, .rows(number...number)))
        }
    }

    private mutating func advance() throws {
        present = try rows.next() ? rows.number(0) : nil
        if let present { place = present }
    }
}
