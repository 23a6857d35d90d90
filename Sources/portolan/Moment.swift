import Addressing
import Records

/// A moment of packet time for people: `2026-11-21 20:22:44 UTC`.
enum Moment {
    static func text(_ time: Timestamp) -> String {
        let (date, second) = CivilDate.split(time)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(two(date.month))-\(two(date.day)) "
            + "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60)) UTC"
    }
}
