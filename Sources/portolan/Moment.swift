import Addressing
import Records

/// A moment of packet time for people: `2026-11-21 20:22:44 UTC`.
enum Moment {
    static func text(_ time: Timestamp) -> String { "\(time.civilText.date) \(time.civilText.clock) UTC" }

    /// As an agent is asked for it: RFC 3339, in UTC.
    static func asked(_ nanoseconds: Int64) -> String { Timestamp(nanoseconds: nanoseconds).secondText }
}
