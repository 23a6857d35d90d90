/// Numbers in ranges that follow one another: which range a number is in, and what that range is worth.
///
/// Flat arrays, ordered by where a range begins. An index over the first bits in which these differ says between which two a number
/// is to be looked for. Where that leaves many, as with IPv6, whose blocks crowd in a few providers', they have an index of their
/// own over the next bits in which they differ, and so on (Nilsson, Karlsson 1999).
struct RangeTable<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// An index over some ranges that follow one another.
    private struct Level {
        /// Where the second of them begins, and the last.
        var lowest: Key
        var highest: Key
        /// The first, which also goes for what is before them, and the last.
        var first: UInt32
        var last: UInt32
        /// Where its entries begin.
        var offset: Int
        /// How far the bits it is over are from the right, and a one for each of them.
        var shift: Int
        var mask: Int
    }

    /// What a range is worth that belongs to nobody.
    static var nothing: UInt16 { .max }

    /// Bits of one index at most: four megabytes of it.
    private static var indexBits: Int { 20 }
    /// Ranges that are looked through without an index of their own.
    private static var crowd: Int { 16 }
    /// Says of an entry that the rest of it is the number of a level.
    private static var deeper: UInt32 { 1 << 31 }

    /// Where the ranges begin; the first at 0.
    private let starts: [Key]
    private let values: [UInt16]
    private var levels: [Level] = []
    /// For each value of the bits of a level: the last range that begins at or before the first number that has them. One more at
    /// the end of each level: its last range.
    private var index: [UInt32] = []

    /// Of ranges in order, the first beginning at 0.
    init(starts: [Key], values: [UInt16]) {
        precondition(starts.first == 0 && starts.count == values.count && starts.count < Int(Self.deeper))
        self.starts = starts
        self.values = values
        if starts.count > 1 { addLevel(0, starts.count - 1) }
    }

    /// Makes an index over the ranges from one to another, which are two at least.
    private mutating func addLevel(_ first: Int, _ last: Int) {
        let (lowest, highest) = (starts[first + 1], starts[last])
        let common = (lowest ^ highest).leadingZeroBitCount
        let bits = min(
            Self.indexBits,
            Key.bitWidth - common,
            Int.bitWidth - (last - first).leadingZeroBitCount
        )
        let level = Level(
            lowest: lowest,
            highest: highest,
            first: UInt32(first),
            last: UInt32(last),
            offset: index.count,
            shift: Key.bitWidth - common - bits,
            mask: (1 << bits) - 1
        )
        levels.append(level)
        let prefix = common == 0 ? 0 : lowest & ~(Key.max >> common)
        var place = first
        for number in 0...level.mask {
            let start = prefix | (Key(truncatingIfNeeded: number) << level.shift)
            while place < last, starts[place + 1] <= start { place += 1 }
            index.append(UInt32(place))
        }
        index.append(UInt32(last))
        for number in 0...level.mask {
            let entry = level.offset + number
            let (base, next) = (Int(index[entry]), self.first(of: entry + 1))
            // One that begins where the next entry does is not among them. So all have the bits of this level in common, those
            // of the next level are behind them, and there is an end.
            let end = prefix | (Key(truncatingIfNeeded: number + 1) << level.shift)
            let last = number < level.mask && next > base && starts[next] == end ? next - 1 : next
            guard last - base > Self.crowd else { continue }
            index[entry] = Self.deeper | UInt32(levels.count)
            addLevel(base, last)
        }
    }

    /// The range that an entry begins with.
    private func first(of entry: Int) -> Int {
        let place = index[entry]
        return Int(place & Self.deeper == 0 ? place : levels[Int(place & ~Self.deeper)].first)
    }

    /// What the range of a number is worth.
    func value(of key: Key) -> UInt16 { values[place(of: key)] }

    private func place(of key: Key) -> Int {
        guard levels.count > 0 else { return 0 }
        var number = 0
        while true {
            let level = levels[number]
            if key < level.lowest { return Int(level.first) }
            if key >= level.highest { return Int(level.last) }
            let entry = level.offset &+ (Int(truncatingIfNeeded: key >> level.shift) & level.mask)
            let place = index[entry]
            if place & Self.deeper == 0 { return self.place(of: key, from: Int(place), through: first(of: entry &+ 1)) }
            number = Int(place & ~Self.deeper)
        }
    }

    /// The last of some ranges that begins at or before a number; the first does.
    @inline(__always)
    private func place(of key: Key, from first: Int, through last: Int) -> Int {
        let starts = starts.span
        var base = first
        var rest = last &- first &+ 1
        while rest > 1 {
            let half = rest / 2
            base = starts[base &+ half] <= key ? base &+ half : base
            rest &-= half
        }
        return base
    }
}
