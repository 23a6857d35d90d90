package import Addressing

extension Timestamp {
    /// Reads what `JSONBuffer` writes: RFC 3339 in UTC, up to nine digits after the second, such as
    /// `2024-02-29T23:59:59.000001Z`. Nil for anything else, leap seconds and moments that do not fit among it.
    package init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 30, bytes.last == 0x5a else { return nil }
        for (place, byte) in [(4, UInt8(0x2d)), (7, 0x2d), (10, 0x54), (13, 0x3a), (16, 0x3a)]
        where bytes[place] != byte {
            return nil
        }
        guard let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]), hour < 24,
            let minute = Self.number(bytes[14..<16]), minute < 60, let second = Self.number(bytes[17..<19]),
            second < 60,
            let days = CivilDate.daysSinceEpoch(year: year, month: month, day: day)
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            let digits = bytes[20..<(bytes.count - 1)]
            guard bytes[19] == 0x2e, let number = Self.number(digits) else { return nil }
            fraction = number
            for _ in digits.count..<9 { fraction *= 10 }
        }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        guard let nanoseconds = Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(fraction)) else { return nil }
        self.init(nanoseconds: nanoseconds)
    }

    /// The day and the second it lies in, in UTC, for people: `2026-11-21` and `20:22:44`.
    package var civilText: (date: String, clock: String) {
        let (date, second) = CivilDate.split(self)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (
            "\(date.year)-\(two(date.month))-\(two(date.day))",
            "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60))"
        )
    }

    /// The same as RFC 3339 has it: `2026-11-21T20:22:44Z`.
    package var secondText: String { "\(civilText.date)T\(civilText.clock)Z" }

    /// Decimal digits, at least one.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }
}
