import Addressing
import Foundation
import Runtimes
import Testing

@Suite("Moments as runtimes write them")
struct TimestampRFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T23:33:00.77673702Z", 1_795_303_980_776_737_020),
        ("2026-11-22T00:33:00+01:00", 1_795_303_980_000_000_000),
        ("2026-11-21t19:03:00.5-04:30", 1_795_303_980_500_000_000),
        ("2000-02-29T12:00:00Z", 951_825_600_000_000_000), ("1969-12-31T23:59:59.999999999Z", -1),
        ("2026-11-21T23:33:00.1234567891Z", 1_795_303_980_123_456_789),
    ])
    func readsAMoment(text: String, nanoseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.nanoseconds == nanoseconds)
    }

    @Test func agreesWithFoundationOnEveryFifthDay() throws {
        for day in stride(from: -100_000, to: 100_000, by: 5) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            #expect(Timestamp(rfc3339: date.formatted(.iso8601))?.seconds == Int64(day) * 86_400)
        }
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T23:33:00", "2026-11-21T23:33:00.Z", "2026-13-21T23:33:00Z",
        "2026-00-21T23:33:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21 23:33:00Z", "2026-11-21T23:33:00+0100", "2026-11-21T23:33:00+01:00x",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-21T23:33:00.123", "2026-1a-21T23:33:00Z",
        "2026-11-21T23:33:00Zx",
        "２０２６-11-21T23:33:00Z",
    ])
    func refusesAnythingElse(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
