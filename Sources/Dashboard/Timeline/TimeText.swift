import Addressing
import Records

/// Moments as they stand on the screen.
enum TimeText {
    /// `19:02:11`, of a zone that is so many seconds east of Greenwich.
    static func clock(_ time: Timestamp, zone: Int) -> String {
        let (seconds, isOver) = time.seconds.addingReportingOverflow(Int64(zone))
        let day = ((isOver ? time.seconds : seconds) % 86_400 + 86_400) % 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(day / 3600)):\(two(day / 60 % 60)):\(two(day % 60))"
    }

    /// The day and the second it lies in: `2026-11-21` and `19:02:11`.
    static func civil(_ time: Timestamp, zone: Int) -> (date: String, clock: String) {
        let (moved, isOver) = time.nanoseconds.addingReportingOverflow(Int64(zone) * 1_000_000_000)
        return isOver ? time.civilText : Timestamp(nanoseconds: moved).civilText
    }

    /// `02:10`, or `2d 04:11` past a day.
    static func span(_ seconds: Int64) -> String {
        let seconds = max(seconds, 0)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if seconds >= 86_400 { return "\(seconds / 86_400)d \(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60))" }
        if seconds >= 3600 { return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))" }
        return "\(two(seconds / 60)):\(two(seconds % 60))"
    }
}
