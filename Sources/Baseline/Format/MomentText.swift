import Addressing
import Declarations
import Policy

/// Moments as RFC 3339 has them, in whole seconds of UTC: `2026-11-27T09:44:12Z`.
enum MomentText {
    private static let day: Int64 = 86_400

    /// `second`: since 1970; none before.
    static func text(_ second: Int64) -> String {
        let second = max(0, second)
        let start = Timestamp(nanoseconds: second.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ 1)
        let time = second % day
        let parts = [time / 3600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(CalendarDay(before: start))T\(parts.joined(separator: ":"))Z"
    }

    /// Nil for what is none.
    static func second(_ text: String) -> Int64? {
        let parts = text.utf8.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 9, parts[1].last == UInt8(ascii: "Z"),
            let day = CalendarDay(String(Substring(parts[0])))
        else { return nil }
        let clock = parts[1].dropLast().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let numbers = clock.compactMap { part in
            part.count == 2 && part.allSatisfy { 0x30...0x39 ~= $0 } ? Int64(String(Substring(part))) : nil
        }
        guard clock.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else {
            return nil
        }
        return day.end.seconds - Self.day + numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
    }
}

extension Notation {
    static var moment: Notation<Int64> {
        let wanted = "a moment such as 2026-11-27T09:44:12Z"
        return Notation<Int64>(wanted, written: { .text(MomentText.text($0)) }) { text throws(Mistake) in
            guard let second = MomentText.second(text) else {
                throw Mistake("wants \(wanted), not \(Quoted.text(text))")
            }
            return second
        }
    }
}
