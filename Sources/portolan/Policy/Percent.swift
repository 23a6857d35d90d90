/// A share as people read it.
enum Percent {
    /// `0 %`, `0.01 %`, `3.4 %`: never 0 for what is more.
    static func text(_ ratio: Double) -> String {
        if ratio <= 0 { return "0 %" }
        let hundredths = max(1, Int((ratio * 10_000).rounded()))
        let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
        if part == 0 { return "\(whole) %" }
        return part % 10 == 0 ? "\(whole).\(part / 10) %" : "\(whole).\(part < 10 ? "0" : "")\(part) %"
    }
}
