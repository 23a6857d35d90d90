package import Addressing
import Enforcement
import Policy

/// A block in words, for people. Names in them come from outside.
extension BlockRecord {
    /// 0 of one that never was.
    package var number: UInt64 { block.identifier.number }

    /// What is stopped: `to 192.0.2.7 tcp 443`, `quarantine but 10.0.0.9`.
    package var what: String { BlockWords.what(block.order) }

    package var reason: String { block.order.reason }

    /// Who asked for it: `root (uid 0)`.
    package var author: String { "\(block.order.author)" }

    package var from: Timestamp { block.from }

    /// When its time is over; nil: never.
    package var until: Timestamp? { block.until }

    package var packets: UInt64 { stopped.packets }

    package var bytes: UInt64 { stopped.bytes }

    /// The same once more, as a request has it, without how long and why.
    package var request: [(name: String, value: String)] { BlockWords.request(block.order) }
}
