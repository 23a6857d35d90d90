import Addressing
import Records

/// A moment of packet time for people: `2026-11-21 20:22:44 UTC`.
enum Moment {
    static func text(_ time: Timestamp) -> String {
        let (date, clock) = parts(time)
        return "\(date) \(clock) UTC"
    }

    /// As an agent is asked for it: RFC 3339, in UTC.
    static func asked(_ nanoseconds: Int64) -> String {
        let (date, clock) = parts(Timestamp(nanoseconds: nanoseconds))
        return "\(date)T\(clock)Z"
    }

    private static func parts(_ time: Timestamp) -> (date: String, clock: String) {
        let (date, second) = CivilDate.split(time)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (
            "\(date.year)-\(two(date.month))-\(two(date.day))",
            "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60))"
        )
    }
}
