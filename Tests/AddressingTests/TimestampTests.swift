import Addressing
import Testing

@Suite("Time stamps")
struct TimestampTests {
    @Test(arguments: [
        (Int64(0), Int64(0)), (999_999_999, 0), (1_000_000_000, 1), (1_700_000_000_123_456_789, 1_700_000_000),
        (-1, -1), (-999_999_999, -1), (-1_000_000_000, -1), (-1_000_000_001, -2),
        (.max, 9_223_372_036), (.min, -9_223_372_037),
    ])
    func lieInTheSecondThatBeganBefore(nanoseconds: Int64, seconds: Int64) {
        #expect(Timestamp(nanoseconds: nanoseconds).seconds == seconds)
    }

    @Test func areOrdered() {
        let moments = [Int64.min, -1, 0, 1, .max].map { Timestamp(nanoseconds: $0) }
        #expect(moments.shuffled().sorted() == moments)
    }
}
