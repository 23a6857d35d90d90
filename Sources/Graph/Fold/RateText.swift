/// Bytes a second as charts write them: two digits, and a letter for thousands. `72M`, `5.0M`, `392k`, `17`.
package enum RateText {
    package static func text(_ rate: Double) -> String {
        guard rate.isFinite, rate > 0 else { return "0" }
        if rate < 1 { return "<1" }
        var (value, unit) = (rate, "")
        for next in ["k", "M", "G", "T", "P"] where value >= 999.5 {
            value /= 1000
            unit = next
        }
        guard !unit.isEmpty, value < 9.95 else { return "\(Int(min(value, 1e9).rounded()))\(unit)" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)\(unit)"
    }
}
