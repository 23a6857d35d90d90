/// What one cell shows: a scalar and those that join it, at most six, without memory of its own.
///
/// Six take a letter with its marks, a flag, and people of any profession with skin and gender. Scalars have 21 bits,
/// three to a word; the scalar NUL is never shown, so it means "none".
struct Cluster: Hashable, Sendable, BitwiseCopyable {
    static let limit = 6

    private(set) var low: UInt64
    private(set) var high: UInt64

    /// No scalar: the second half of a wide cell.
    static let none = Cluster(low: 0, high: 0)
    static let blank = Cluster(" ")

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    init(_ scalar: Unicode.Scalar) {
        low = UInt64(scalar.value)
        high = 0
    }

    /// How many scalars it has.
    var count: Int {
        if high == 0 { return (64 - low.leadingZeroBitCount + 20) / 21 }
        return 3 + (64 - high.leadingZeroBitCount + 20) / 21
    }

    /// The scalar value at `index`, 0 past the end.
    subscript(index: Int) -> UInt32 {
        let word = index < 3 ? low : high
        return UInt32(truncatingIfNeeded: word >> UInt64(index % 3 * 21) & 0x1f_ffff)
    }

    /// Whether there was room for another scalar.
    mutating func append(_ scalar: Unicode.Scalar) -> Bool {
        let count = count
        guard count < Self.limit else { return false }
        let bits = UInt64(scalar.value) << UInt64(count % 3 * 21)
        if count < 3 { low |= bits } else { high |= bits }
        return true
    }

    /// Whether terminals are known to disagree on how many columns it takes: emoji, whatever is built from them, and
    /// symbols that were narrow and became wide.
    var isDisputed: Bool {
        if high == 0 && low < 0x2630 { return false }
        if Self.isDisputed(UInt32(truncatingIfNeeded: low & 0x1f_ffff)) { return true }
        for index in 1..<count where self[index] == 0xfe0f || self[index] == 0x200d { return true }
        return false
    }

    static func isDisputed(_ value: UInt32) -> Bool {
        switch value {
        // Trigrams, digrams, Yijing's hexagrams, Tai Xuan Jing's tetragrams, counting rods: wide since Unicode 16.
        case 0x2630...0x2637, 0x268a...0x268f, 0x4dc0...0x4dff, 0x1d300...0x1d356, 0x1d360...0x1d376: true
        // Numbers in circles on black squares: ambiguous, and wide where glibc counts.
        case 0x3248...0x324f: true
        case 0x1f000...0x1ffff: true
        default: false
        }
    }

    var text: String {
        var scalars = String.UnicodeScalarView()
        for index in 0..<count {
            if let scalar = Unicode.Scalar(self[index]) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
