/// How a scalar takes part in a line of cells. The numbers are those of `WidthTable`.
enum ScalarClass: UInt32 {
    case narrow
    case wide
    /// No column of its own: it joins the scalar before it.
    case mark
    /// One column, two in terminals set up for East Asian text. Unicode Standard Annex 11.
    case ambiguous
    /// Never sent to a terminal: controls, what reorders or hides text, private use, and what this Unicode lacks.
    case refused

    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x7f {
            self = value < 0x20 ? .refused : .narrow
            return
        }
        self = Self.find(value)
    }

    @inline(never)
    private static func find(_ value: UInt32) -> ScalarClass {
        let runs = WidthTable.runs
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle] >> 3 <= value { low = middle } else { high = middle }
        }
        return ScalarClass(rawValue: runs[low] & 7) ?? .refused
    }
}
