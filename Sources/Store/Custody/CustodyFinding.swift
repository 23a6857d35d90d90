package import Addressing

/// Something that is not as it was written.
package struct CustodyFinding: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case altered, removed, added
        /// The file is so damaged there that nobody can say.
        case unreadable
    }

    /// What it is that is so.
    package enum Subject: Hashable, Sendable {
        case rows(ClosedRange<Int64>)
        /// A row of a minute, which is in seconds since 1970 UTC.
        case minute(Int64, row: Int64)
        case links(ClosedRange<Int64>)
        /// What says how far the chain goes.
        case head
        /// Rows up to that one, or up to that minute in seconds: their chain was taken away, and the agent began another.
        case before(Int64)
        /// Something of the file as a whole, in words.
        case structure(String)
        case all
    }

    package var kind: Kind
    /// Or which part of the file it is: `header`, `schema`, `pages`, `log`.
    package var table: String
    package var subject: Subject
    /// When it was written, or when what comes after it was; nil where nobody knows.
    package var time: Timestamp?

    package init(_ kind: Kind, _ table: String, _ subject: Subject, at time: Timestamp? = nil) {
        self.kind = kind
        self.table = table
        self.subject = subject
        self.time = time
    }

    /// Takes in another of the same kind that follows it; false when it does not.
    mutating func join(_ other: Self) -> Bool {
        guard kind == other.kind, table == other.table, time == other.time else { return false }
        switch (subject, other.subject) {
        case (.rows(let rows), .rows(let next)) where rows.upperBound < .max && rows.upperBound + 1 == next.lowerBound:
            subject = .rows(rows.lowerBound...next.upperBound)
        case (.links(let links), .links(let next))
        where links.upperBound < .max && links.upperBound + 1 == next.lowerBound:
            subject = .links(links.lowerBound...next.upperBound)
        default: return false
        }
        return true
    }
}

/// What came of looking whether a database is as it was written.
package struct CustodyAnswer: Sendable {
    /// The chain of a table.
    package struct Strand: Sendable {
        package var table: String
        /// Number of the first link that is there.
        package var first: Int64 = 0
        /// Number and digest of the last link.
        package var number: Int64 = 0
        package var digest = ""
        /// The last link of the chain that is kept for ever, and its digest; nil where there is none.
        package var milestone: (number: Int64, digest: String)?
        /// When the oldest link was written that is there.
        package var since: Timestamp?
        /// Rows that are as they were written, and rows that no link speaks of: from before the chain, or of minutes under way.
        package var rows: UInt64 = 0
        package var uncovered: UInt64 = 0
    }

    /// In the order of the tables; at most `limit`.
    package private(set) var findings: [CustodyFinding] = []
    /// Findings that there was no room for.
    package private(set) var more: UInt64 = 0
    package var strands: [Strand] = []
    /// What tells the database from others, as digits; nil where it is not known.
    package var database: String?

    package static var limit: Int { 100 }

    package init() {}

    package var isComplete: Bool { findings.isEmpty }

    mutating func add(_ strand: Strand, identity: [UInt8]) {
        strands.append(strand)
        guard !identity.isEmpty else { return }
        let digits = identity.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        if database == nil { database = digits }
        // The chain of another database.
        if database != digits { add(CustodyFinding(.altered, strand.table, .all, at: strand.since)) }
    }

    mutating func add(_ finding: CustodyFinding) {
        if !findings.isEmpty, findings[findings.count - 1].join(finding) { return }
        if findings.count < Self.limit { findings.append(finding) } else { more += 1 }
    }
}
