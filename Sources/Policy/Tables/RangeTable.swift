/// Numbers in ranges that follow one another: which range a number is in, and what that range is worth.
///
/// Flat arrays, ordered by where a range begins. Above them lies every sixteenth of those, above that every sixteenth again, and so
/// on: a search looks at sixteen neighbours in each, which is a cache line or two, where halving the whole would miss the cache at
/// every step.
struct RangeTable<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// What a range is worth that belongs to nobody.
    static var nothing: UInt32 { .max }

    private static var fan: Int { 16 }

    /// Where the ranges begin; the first at 0.
    private let starts: [Key]
    private let values: [UInt32]
    /// Every sixteenth of `starts`, every sixteenth of those and so on, one after the other.
    private let samples: [Key]
    /// Where each of these begins in `samples`, and how many there are; the smallest first.
    private let levels: [(offset: Int, count: Int)]

    /// Of ranges in order, the first beginning at 0.
    init(starts: [Key], values: [UInt32]) {
        precondition(starts.first == 0 && starts.count == values.count)
        self.starts = starts
        self.values = values
        var samples: [Key] = []
        samples.reserveCapacity(starts.count / (Self.fan - 1) + 1)
        var levels: [(offset: Int, count: Int)] = []
        var (below, belowCount) = (0, starts.count)
        while belowCount > Self.fan {
            let offset = samples.count
            let isFirst = levels.isEmpty
            for place in stride(from: 0, to: belowCount, by: Self.fan) {
                samples.append(isFirst ? starts[place] : samples[below + place])
            }
            (below, belowCount) = (offset, samples.count - offset)
            levels.append((below, belowCount))
        }
        self.samples = samples
        self.levels = levels.reversed()
    }

    /// What the range of a number is worth.
    func value(of key: Key) -> UInt32 {
        var place = 0
        for level in levels {
            let first = place &* Self.fan
            let count = min(Self.fan, level.count &- first)
            place = first &+ Self.last(in: samples, from: level.offset &+ first, count: count, notAbove: key)
        }
        let first = place &* Self.fan
        let count = min(Self.fan, starts.count &- first)
        return values[first &+ Self.last(in: starts, from: first, count: count, notAbove: key)]
    }

    /// The last of some neighbours that is not above a number, counted from their first; the first when all are.
    @inline(__always)
    private static func last(in keys: [Key], from first: Int, count: Int, notAbove key: Key) -> Int {
        var base = 0
        var rest = count
        while rest > 1 {
            let half = rest / 2
            base = keys[first &+ base &+ half] <= key ? base &+ half : base
            rest &-= half
        }
        return base
    }
}
