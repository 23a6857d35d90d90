import Addressing
import Capture
import Testing

@Suite("Timestamp resolution")
struct TimestampResolutionTests {
    @Test(
        arguments: [
            // code, ticks, nanoseconds, digits
            (6, 1_500_000, 1_500_000_000, 6),
            (0, 3, 3_000_000_000, 0),
            (3, 1_234, 1_234_000_000, 3),
            (9, 42, 42, 9),
            (12, 1_999, 1, 9),
            (19, .max, 1_844_674_407, 9),
            (20, .max, 184_467_440, 9),
            (28, .max, 1, 9),
            (37, .max, 0, 9),
            (127, .max, 0, 9),
            (0x80, 3, 3_000_000_000, 0),
            (0x80 | 10, 1536, 1_500_000_000, 4),
            (0x80 | 20, 1, 953, 7),
            (0x80 | 32, 1 << 31, 500_000_000, 9),
            (0x80 | 63, .max, 1_999_999_999, 9),
            (0x80 | 64, .max, 999_999_999, 9),
            (0xff, .max, 0, 9),
        ] as [(UInt8, UInt64, Int64, Int)]
    )
    func convertsTicks(code: UInt8, ticks: UInt64, nanoseconds: Int64, digits: Int) {
        let resolution = TimestampResolution(code: code, offset: 0)
        #expect(resolution.time(ticks: ticks).nanoseconds == nanoseconds)
        #expect(resolution.digits == digits)
    }

    @Test func addsTheOffset() {
        #expect(TimestampResolution(code: 6, offset: 10).time(ticks: 5).nanoseconds == 10_000_005_000)
        #expect(TimestampResolution(code: 9, offset: -1).time(ticks: 5).nanoseconds == -999_999_995)
        // The ticks alone would not fit.
        #expect(
            TimestampResolution(code: 0, offset: -10_000_000_000).time(ticks: 10_000_000_001).nanoseconds
                == 1_000_000_000
        )
    }

    @Test(arguments: [UInt8(0), 6, 9, 15, 127, 0x80, 0x94, 0xff], [Int64.min, -1, 0, 1, .max])
    func endsAtTheBoundsOfATimestamp(code: UInt8, offset: Int64) {
        let resolution = TimestampResolution(code: code, offset: offset)
        let times = [UInt64(0), 1, 1 << 63, .max].map { resolution.time(ticks: $0) }
        #expect(times == times.sorted())
        if offset == .max { #expect(times.allSatisfy { $0.nanoseconds == .max }) }
        if offset == .min { #expect(times[0].nanoseconds == .min) }
    }

    @Test func saturatesWithoutAnOffset() {
        #expect(TimestampResolution(code: 0, offset: 0).time(ticks: .max).nanoseconds == .max)
        #expect(TimestampResolution(code: 9, offset: 0).time(ticks: 1 << 63).nanoseconds == .max)
    }
}
