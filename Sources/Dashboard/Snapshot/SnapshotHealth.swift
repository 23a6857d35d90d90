package import Addressing

/// How it goes with capturing and remembering. Nil is not known, which is never shown as 0.
package struct SnapshotHealth: Hashable, Sendable {
    package var version: String?
    package var started: Timestamp?
    /// What is captured on, in words: `any`, or interfaces.
    package var interfaces: [String] = []
    package var packets: UInt64?
    package var bytes: UInt64?
    /// Packets the kernel dropped, and the interfaces.
    package var dropped: UInt64?
    package var droppedByInterface: UInt64?
    /// What the kernel still holds.
    package var unread: UInt64?
    package var flows: UInt64?
    /// Frames that could not be read whole: cut off, or contradicting themselves.
    package var truncated: UInt64?
    package var malformed: UInt64?
    /// What was left out under load, in words.
    package var leftOut: [String] = []
    /// Tables that hold so much of so much.
    package var tables: [Level] = []
    package var store: StoreHealthText?
    package var residentBytes: UInt64?
    package var threads: Int?
    package var descriptors: Int?
    /// Share of one core within the last second; 1 is all of it.
    package var processor: Double?

    /// How full a table is.
    package struct Level: Hashable, Sendable {
        package var name: String
        package var count: UInt64
        package var limit: UInt64?

        package init(name: String, count: UInt64, limit: UInt64?) {
            self.name = name
            self.count = count
            self.limit = limit
        }
    }

    /// How it goes with a database.
    package struct StoreHealthText: Hashable, Sendable {
        package var path: String
        package var fault: String?
        package var written: UInt64
        package var lost: UInt64
        package var waiting: UInt64

        package init(path: String, fault: String?, written: UInt64, lost: UInt64, waiting: UInt64) {
            self.path = path
            self.fault = fault
            self.written = written
            self.lost = lost
            self.waiting = waiting
        }
    }

    package init() {}

    /// What part of the packets was lost; nil where nobody knows.
    package var loss: Double? {
        guard let dropped, let packets, packets &+ dropped > 0 else { return nil }
        return Double(dropped) / Double(packets &+ dropped)
    }
}
