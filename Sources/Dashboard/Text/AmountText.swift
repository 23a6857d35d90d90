import Graph
import Records

/// Numbers as the screen shows them.
enum AmountText {
    static var unknown: String { "not known" }

    /// Digits in groups of three: `11,204`.
    static func count(_ value: UInt64) -> String { GroupedDigits.text(value) }

    static func count(_ value: UInt64?) -> String { value.map { count($0) } ?? unknown }

    /// `31MB`
    static func bytes(_ value: UInt64) -> String { RateText.text(Double(value)) + "B" }

    /// `0 %`, `< 0.1 %`, `3.1 %`; a share that nobody knows is said to be so.
    static func share(_ part: Double?) -> String {
        guard let part else { return unknown }
        if part > 0, part < 0.001 { return "< 0.1 %" }
        let tenths = Int((min(max(part, 0), 1) * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
