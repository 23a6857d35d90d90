import Addressing

/// Moments as text.
extension JSONBuffer {
    /// Appends a moment as RFC 3339 has it, in UTC, such as `2024-02-29T23:59:59.000001Z`.
    ///
    /// `digits` say how many follow the second, 0 to 9: as many as the capture had. What is finer is cut, never rounded
    /// up, so that times stay in order.
    mutating func append(_ time: Timestamp, digits: Int) {
        let (date, second) = CivilDate.split(time)
        let secondOfDay = UInt64(second)
        appendDecimal(UInt64(date.year), width: 4)
        append(0x2d)
        appendDecimal(UInt64(date.month), width: 2)
        append(0x2d)
        appendDecimal(UInt64(date.day), width: 2)
        append(0x54)
        appendDecimal(secondOfDay / 3600, width: 2)
        append(0x3a)
        appendDecimal(secondOfDay / 60 % 60, width: 2)
        append(0x3a)
        appendDecimal(secondOfDay % 60, width: 2)
        // The first second of `Timestamp` begins before its first nanosecond: wrap around there and back.
        appendFraction(UInt64(time.nanoseconds &- time.seconds &* 1_000_000_000), digits: digits)
        append(0x5a)
    }

    private mutating func appendFraction(_ nanoseconds: UInt64, digits: Int) {
        let digits = min(digits, 9)
        guard digits > 0 else { return }
        var fraction = nanoseconds
        for _ in digits..<9 { fraction /= 10 }
        append(0x2e)
        appendDecimal(fraction, width: digits)
    }
}
