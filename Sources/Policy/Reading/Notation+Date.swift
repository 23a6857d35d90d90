package import Addressing
import Declarations

extension Notation {
    /// The end of a day, such as `2027-03-31`, in UTC.
    static var endOfDay: Notation<Timestamp> {
        let wanted = "a day such as 2027-03-31"
        return Notation<Timestamp>(
            wanted,
            written: { .text(CalendarDay(before: $0).description) },
            parse: { text throws(Mistake) in
                guard let day = CalendarDay(text) else { throw Mistake("wants \(wanted), not \(Quoted.text(text))") }
                return day.end
            }
        )
    }
}

/// A day of the Gregorian calendar, from 1970 to 2261.
package struct CalendarDay: Hashable {
    /// Days since 1970-01-01.
    private let number: Int

    /// Reads four, two and two digits with hyphens between; nil for anything else, and for days that are none.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            1970...2261 ~= year, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day
        else { return nil }
        number = Self.days(before: year) + (1..<month).reduce(0) { $0 + Self.days(in: $1, of: year) } + day - 1
    }

    /// The day that ends at a moment, or in which it lies.
    package init(before end: Timestamp) {
        number = max(0, Int((end.nanoseconds - 1) / 86_400_000_000_000))
    }

    /// The first moment after it, in UTC.
    package var end: Timestamp { Timestamp(nanoseconds: Int64(number + 1) * 86_400_000_000_000) }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Since 1970.
    private static func days(before year: Int) -> Int {
        (1970..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
    }
}

extension CalendarDay: CustomStringConvertible {
    package var description: String {
        var (year, rest) = (1970, number)
        while rest >= (Self.isLeap(year) ? 366 : 365) {
            rest -= Self.isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        while rest >= Self.days(in: month, of: year) {
            rest -= Self.days(in: month, of: year)
            month += 1
        }
        let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(digits(month))-\(digits(rest + 1))"
    }
}
