package import Addressing
package import Records

/// What became of cases.
package struct CaseNews: Sendable {
    package var records: [CaseRecord] = []
    /// What a person should know besides.
    package var remarks: [String] = []

    package var isEmpty: Bool { records.isEmpty && remarks.isEmpty }
}

/// How it goes with cases.
package struct CaseCondition: Hashable, Sendable {
    /// Whose containers run, and whose are gone.
    package var open = 0
    package var ended = 0
    /// Of which there was no room for something.
    package var full = 0
    /// Containers for which there was no room.
    package var refused = 0
    /// Bytes kept past their time.
    package var bytes: UInt64 = 0
    /// How many there may be, and how many bytes.
    package var most: Int
    package var limit: UInt64

    package init(most: Int, limit: UInt64) {
        self.most = most
        self.limit = limit
    }
}

/// That a case is let go.
package struct CaseRelease: Hashable, Sendable {
    package var number: UInt64
    package var time: Timestamp
    /// `root (uid 0)`.
    package var author: String

    package init(_ number: UInt64, at time: Timestamp, by author: String) {
        self.number = number
        self.time = time
        self.author = author
    }
}
