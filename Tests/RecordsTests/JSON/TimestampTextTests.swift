import Addressing
import Testing

@testable import Records

@Suite("Moments from text")
struct TimestampTextTests {
    @Test(
        arguments: [
            0, 1, -1, 1_700_000_000_123_456_789, -1_700_000_000_123_456_789, .max, .min, 951_782_400_000_000_000,
            86_399_999_999_999, -62_135_596_800,
        ] as [Int64]
    )
    func readsWhatTheBufferWrites(nanoseconds: Int64) {
        var json = JSONBuffer()
        json.append(Timestamp(nanoseconds: nanoseconds), digits: 9)
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(Timestamp(text: text)?.nanoseconds == nanoseconds, "\(text)")
    }

    @Test(arguments: [0, -1, 951_782_399, 1_795_292_564, 9_223_372_036, -9_223_372_036] as [Int64])
    func readsWhatPeopleRead(seconds: Int64) {
        let time = Timestamp(nanoseconds: seconds * 1_000_000_000)
        #expect(Timestamp(text: time.secondText) == time)
        #expect(time.secondText == "\(time.civilText.date)T\(time.civilText.clock)Z")
    }

    @Test func readsFewerDigits() {
        #expect(Timestamp(text: "1970-01-01T00:00:01Z")?.nanoseconds == 1_000_000_000)
        #expect(Timestamp(text: "1970-01-01T00:00:01.5Z")?.nanoseconds == 1_500_000_000)
    }

    @Test(arguments: [
        "", "Z", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00:00+00:00", "1970-01-01t00:00:00Z",
        "1970-01-01T00:00:00z", "1970-13-01T00:00:00Z", "1970-02-29T00:00:00Z", "1970-00-01T00:00:00Z",
        "1970-01-00T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z", "1970-01-01T00:00:00.12a4Z", "1970-01-01T00:00:0aZ",
        "+970-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "2262-04-11T23:47:16.854775808Z",
        "1677-09-21T00:12:43.145224191Z", "1970-01-01T00:00:00,5Z", "1970-01-01T-1:00:00Z",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(Timestamp(text: text) == nil)
    }
}
