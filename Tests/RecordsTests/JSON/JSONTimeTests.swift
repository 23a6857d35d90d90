import Addressing
import Testing

@testable import Records

@Suite("JSON times")
struct JSONTimeTests {
    private func text(_ nanoseconds: Int64, digits: Int) -> String {
        var json = JSONBuffer()
        json.append(Timestamp(nanoseconds: nanoseconds), digits: digits)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000000Z"),
        (1, "1970-01-01T00:00:00.000000001Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
        (951_782_399_000_000_000, "2000-02-28T23:59:59.000000000Z"),
        (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
        (1_709_251_199_123_456_789, "2024-02-29T23:59:59.123456789Z"),
        (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
        (Int64.max, "2262-04-11T23:47:16.854775807Z"),
        (Int64.min, "1677-09-21T00:12:43.145224192Z"),
    ])
    func writesMoments(nanoseconds: Int64, expected: String) {
        #expect(text(nanoseconds, digits: 9) == expected)
    }

    @Test(arguments: [
        (9, ".987654321Z"), (8, ".98765432Z"), (7, ".9876543Z"), (6, ".987654Z"), (5, ".98765Z"), (4, ".9876Z"),
        (3, ".987Z"), (2, ".98Z"), (1, ".9Z"), (0, "Z"), (-1, "Z"), (12, ".987654321Z"),
    ])
    func writesAsManyDigitsAsTheCaptureHad(digits: Int, ending: String) {
        #expect(text(987_654_321, digits: digits) == "1970-01-01T00:00:00" + ending)
    }

    @Test func keepsLeadingZerosOfAFraction() {
        #expect(text(1_000, digits: 6) == "1970-01-01T00:00:00.000001Z")
        #expect(text(60_000_000, digits: 3) == "1970-01-01T00:00:00.060Z")
    }

    @Test func agreesWithACalendarThatCountsDays() {
        // From 1600-01-01, 135,140 days before the epoch, day by day past the last year a time stamp has.
        var expected = (year: Int64(1600), month: Int64(1), day: Int64(1))
        for days in Int64(-135_140)..<150_000 {
            let date = CivilDate(daysSinceEpoch: days)
            guard date.year == expected.year, date.month == expected.month, date.day == expected.day else {
                Issue.record("day \(days) is not \(date)")
                return
            }
            guard CivilDate.daysSinceEpoch(year: date.year, month: date.month, day: date.day) == days else {
                Issue.record("\(date) is not day \(days)")
                return
            }
            expected.day += 1
            guard expected.day > length(of: expected.month, in: expected.year) else { continue }
            expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
        }
        #expect(expected.year == 2380)
    }

    @Test(arguments: [
        (2025, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (2024, 12, 99),
    ])
    func knowsWhichDatesThereAreNot(year: Int64, month: Int64, day: Int64) {
        #expect(CivilDate.daysSinceEpoch(year: year, month: month, day: day) == nil)
    }

    private func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
