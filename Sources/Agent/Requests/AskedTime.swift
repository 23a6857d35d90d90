package import Addressing
import Records

/// A moment as people write it: `2026-11-21T20:01:57Z`, or how long ago: `5m`, `2h`.
package enum AskedTime {
    package static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        if let time = Timestamp(text: text) { return time }
        guard let unit = text.last, let seconds = unit.seconds, let number = Int64(text.dropLast()), number >= 0 else {
            return nil
        }
        let (span, isOver) = number.multipliedReportingOverflow(by: seconds * 1_000_000_000)
        let (time, isBeforeAll) = now.nanoseconds.subtractingReportingOverflow(span)
        return isOver || isBeforeAll ? nil : Timestamp(nanoseconds: time)
    }
}

extension Character {
    fileprivate var seconds: Int64? {
        switch self {
        case "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86_400
        default: nil
        }
    }
}
