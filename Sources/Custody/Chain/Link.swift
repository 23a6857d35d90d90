import Crypto

/// A link of the chain of a table: what was done with its rows at a time. Its digest covers the digest of the link before.
package struct Link: Hashable, Sendable {
    package enum Act: Int64, Sendable {
        /// The chain begins. `place` is the last row that was there before it and is not covered.
        case begun = 0
        /// `rows` were written, or written anew, and have `leaves`. Of minutes, `place` is which.
        case written = 1
        /// `rows` were forgotten, as retention has it.
        case forgotten = 2
        /// The links up to number `place` were forgotten, as their rows were; `leaves` is the digest of the last of them.
        case cut = 3
        /// Rows of minutes before `place` are forgotten by and by.
        case horizon = 4
        /// The milestone before this one, or the first link, is number `place`, and `leaves` is its digest; 0 where there is none.
        case milestone = 5
        /// The chain that was there is gone, and another begins. `place` is the last row that was there then, and is not covered.
        case broken = 6
    }

    /// The table's name.
    package var strand: String
    /// From 1 on.
    package var number: Int64
    /// When it was written, nanoseconds since 1970 UTC.
    package var time: Int64
    package var act: Act
    package var place: Int64 = 0
    /// The last row that this link or one before it speaks of, or the last minute.
    package var last: Int64 = 0
    /// `RowSpans`, as bytes; of the first link, and of one that says which went, what tells this database from all others.
    package var rows: [UInt8] = []
    /// A `Leaf` for each of the rows, in their order.
    package var leaves: [UInt8] = []

    package init(_ strand: String, _ number: Int64, at time: Int64, _ act: Act) {
        self.strand = strand
        self.number = number
        self.time = time
        self.act = act
    }

    /// After a link whose digest is `previous`.
    package func digest(after previous: DigestValue) -> DigestValue {
        var head = RowBytes.Prefix()
        head.text("portolan custody 1")
        head.text(strand)
        for number in [number, time, act.rawValue, place, last] { head.number(number) }
        head.number(Int64(rows.count))
        head.number(Int64(leaves.count))
        var hasher = SHA256()
        hasher.update(head.bytes.span)
        hasher.update(rows.span)
        hasher.update(leaves.span)
        hasher.update(previous.bytes.span)
        return DigestValue(hasher.finalize())
    }
}

extension RowBytes {
    /// What stands before what is digested of a link: numbers of eight bytes, texts behind their length.
    struct Prefix {
        private(set) var bytes: [UInt8] = []

        mutating func text(_ text: String) {
            number(Int64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }

        mutating func number(_ number: Int64) {
            for shift in stride(from: Int64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
    }
}
