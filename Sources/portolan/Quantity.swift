import Records

/// Numbers as people read them.
enum Quantity {
    /// Digits in groups of three: `5,000,000`.
    static func count(_ value: UInt64) -> String { GroupedDigits.text(value) }

    /// Bytes in binary units, one digit after the point: `1.4 MiB`.
    static func bytes(_ value: UInt64) -> String { BinaryUnits.text(value) }

    /// Nanoseconds as a span: `308 µs`, `950 ms`, `12.4 s`, `3 min 20 s`, `2 h 5 min`.
    static func span(_ nanoseconds: Int64) -> String {
        if nanoseconds < 1_000_000 { return "\(nanoseconds / 1000) µs" }
        let milliseconds = nanoseconds / 1_000_000
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let seconds = milliseconds / 1000
        if seconds < 60 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        if seconds < 86_400 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
        return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
    }

    /// How long ago, in nanoseconds, in the largest unit alone: `12 s`, `3 min`, `5 h`, `40 d`.
    static func age(_ nanoseconds: Int64) -> String {
        let seconds = nanoseconds / 1_000_000_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" }
        return seconds < 86_400 * 2 ? "\(seconds / 3600) h" : "\(seconds / 86_400) d"
    }

    /// A part of a whole: `12.3 %`, and nothing rounded to nothing: `< 0.1 %`.
    static func share(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "" }
        let permille = Int((Double(part) / Double(whole) * 1000).rounded())
        if permille == 0, part > 0 { return "< 0.1 %" }
        return "\(permille / 10).\(permille % 10) %"
    }
}
