/// Numbers in ranges that follow one another: which range a number is in, and what that range is worth.
///
/// Flat arrays, ordered by where a range begins. An index over the first bits in which these differ says between which two a number
/// is to be looked for, so that of ranges spread as addresses are a few neighbours are left.
struct RangeTable<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// What a range is worth that belongs to nobody.
    static var nothing: UInt16 { .max }

    /// Bits of the index at most: four megabytes of it.
    private static var indexBits: Int { 20 }

    /// Where the ranges begin; the first at 0.
    private let starts: [Key]
    private let values: [UInt16]
    /// For each value of the bits behind those that all starts but the first have in common: the last range that begins at or
    /// before the first number that has them. One more at the end: the last range.
    private let index: [UInt32]
    /// How far the bits of the index are from the right.
    private let shift: Int
    private let mask: Int
    /// Where the second range begins, and the number from which on the last goes.
    private let lowest: Key
    private let highest: Key

    /// Of ranges in order, the first beginning at 0.
    init(starts: [Key], values: [UInt16]) {
        precondition(starts.first == 0 && starts.count == values.count && starts.count < Int(UInt32.max))
        self.starts = starts
        self.values = values
        lowest = starts.count > 1 ? starts[1] : .max
        highest = starts[starts.count - 1]
        let common = starts.count > 1 ? (lowest ^ highest).leadingZeroBitCount : Key.bitWidth
        let bits = min(Self.indexBits, Key.bitWidth - common, Int.bitWidth - starts.count.leadingZeroBitCount)
        shift = Key.bitWidth - common - bits
        var index: [UInt32] = []
        index.reserveCapacity((1 << bits) + 1)
        // What is before the second range never asks the index.
        let prefix = common == 0 ? 0 : lowest & ~(Key.max >> common)
        var place = 0
        for number in 0..<(1 << bits) {
            let first = prefix | (Key(truncatingIfNeeded: number) << shift)
            while place + 1 < starts.count, starts[place + 1] <= first { place += 1 }
            index.append(UInt32(place))
        }
        index.append(UInt32(starts.count - 1))
        self.index = index
        mask = (1 << bits) - 1
    }

    /// What the range of a number is worth.
    func value(of key: Key) -> UInt16 {
        if key < lowest { return values[0] }
        if key >= highest { return values[values.count &- 1] }
        let number = Int(truncatingIfNeeded: key >> shift) & mask
        let index = index.span
        let starts = starts.span
        var base = Int(index[number])
        // The range sought is one of those from `base` to where the next number of the index has its own.
        var rest = Int(index[number &+ 1]) &- base &+ 1
        while rest > 1 {
            let half = rest / 2
            base = starts[base &+ half] <= key ? base &+ half : base
            rest &-= half
        }
        return values[base]
    }
}
