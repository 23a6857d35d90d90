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

    /// Whether terminals are known to disagree on how many columns it takes: emoji, and whatever is built from them.
    var isDisputed: Bool {
        if high == 0 && low < 0x1f000 { return false }
        if low & 0x1f_ffff >= 0x1f000 && low & 0x1f_ffff < 0x20000 { return true }
        for index in 1..<count where self[index] == 0xfe0f || self[index] == 0x200d { return true }
        return false
    }

    var text: String {
        var scalars = String.UnicodeScalarView()
        for index in 0..<count {
            if let scalar = Unicode.Scalar(self[index]) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
