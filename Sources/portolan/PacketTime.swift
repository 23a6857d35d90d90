import Addressing
import ArgumentParser
import Records

/// A moment in a capture, as RFC 3339 writes it: `2026-11-21T20:01:57.25Z`, with an offset in place of the Z if you like.
enum PacketTime {
    /// For `transform:`, so that the message says what was wanted.
    static func parse(_ argument: String) throws -> Timestamp {
        guard let time = parse(Array(argument.utf8)) else {
            throw ValidationError("a time is written as in RFC 3339: 2026-11-21T20:01:57Z")
        }
        return time
    }

    private static func parse(_ text: [UInt8]) -> Timestamp? {
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= text.count else { return nil }
            var value: Int64 = 0
            for digit in text[range] {
                guard 48...57 ~= digit else { return nil }
                value = value * 10 + Int64(digit - 48)
            }
            return value
        }
        guard text.count >= 20, text[4] == 45, text[7] == 45, text[10] == 84 || text[10] == 116 || text[10] == 32,
            text[13] == 58, text[16] == 58,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            1970...2261 ~= year, let days = CivilDate.daysSinceEpoch(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 61
        else { return nil }
        var position = 19
        var nanoseconds: Int64 = 0
        if text[position] == 46 {
            position += 1
            guard position < text.count, 48...57 ~= text[position] else { return nil }
            var unit: Int64 = 100_000_000
            while position < text.count, 48...57 ~= text[position] {
                nanoseconds += Int64(text[position] - 48) * unit
                unit /= 10
                position += 1
            }
        }
        var offset: Int64 = 0
        guard position < text.count else { return nil }
        if text[position] == 43 || text[position] == 45 {
            guard text.count == position + 6, text[position + 3] == 58, let hours = number(position + 1..<position + 3),
                let minutes = number(position + 4..<position + 6), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (text[position] == 43 ? 1 : -1)
        } else if !(text.count == position + 1 && (text[position] == 90 || text[position] == 122)) {
            return nil
        }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Timestamp(nanoseconds: seconds * 1_000_000_000 + nanoseconds)
    }
}
