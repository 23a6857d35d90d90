import Addressing
import Records

/// A moment of packet time for people: `2026-11-21 20:22:44 UTC`.
enum Moment {
    static func text(_ time: Timestamp) -> String {
        let secondsADay: Int64 = 86_400
        let day = Int64((Double(time.seconds) / Double(secondsADay)).rounded(.down))
        let second = time.seconds - day * secondsADay
        let date = CivilDate(daysSinceEpoch: day)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(two(date.month))-\(two(date.day)) "
            + "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60)) UTC"
    }
}
