/// Counts lines and columns as YAML does: CR LF, LF and CR end a line. YAML 1.2, section 5.4
struct LineCount {
    /// Where the next character stands.
    private(set) var place = TextPlace(line: 1, column: 1)
    private var isAfterReturn = false

    /// Goes past a character.
    mutating func pass(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\n" where isAfterReturn: break
        case "\n", "\r": place = TextPlace(line: place.line + 1, column: 1)
        case "\u{feff}" where place == TextPlace(line: 1, column: 1): break
        default: place.column += 1
        }
        isAfterReturn = scalar == "\r"
    }
}
