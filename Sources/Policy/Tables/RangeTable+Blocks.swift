/// A block of numbers that begin alike: where it begins, and how many of its bits all have in common.
struct NumberBlock<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    let start: Key
    let value: UInt16
    let length: UInt8

    /// Its last number. Swift's shifts past the width give zero.
    var end: Key { start | ~(Key.max << (Key.bitWidth - Int(length))) }

    /// Outer before inner, and of two that are the same the one of the lower value.
    static func precedes(_ left: Self, _ right: Self) -> Bool {
        if left.start != right.start { return left.start < right.start }
        return left.length != right.length ? left.length < right.length : left.value < right.value
    }
}

extension RangeTable {
    /// Of blocks, which lie in one another or apart. A number is worth what the smallest block around it is; of two that are the
    /// same the lower value counts, in whatever order they come. Orders them where they are, and leaves none, as there may be a million.
    init(sorting blocks: inout [NumberBlock<Key>]) {
        blocks.sort(by: NumberBlock.precedes)
        var ranges = RangeList<Key>(capacity: 2 * blocks.count + 1)
        // Those around the place that is reached, outermost first. They are as many as there are bits at most.
        var around: [NumberBlock<Key>] = []
        for block in blocks {
            if let last = around.last, last.start == block.start, last.length == block.length { continue }
            Self.close(&around, before: block.start, &ranges)
            ranges.append(block.start, block.value)
            around.append(block)
        }
        Self.close(&around, before: nil, &ranges)
        // They are gone before there is an index.
        blocks = []
        self.init(starts: ranges.starts, values: ranges.values)
    }

    /// Ends the blocks that end before a place, or all of them. What comes behind one is worth what is around it.
    private static func close(_ around: inout [NumberBlock<Key>], before start: Key?, _ ranges: inout RangeList<Key>) {
        while let last = around.last, start.map({ last.end < $0 }) ?? true {
            around.removeLast()
            if last.end < .max { ranges.append(last.end + 1, around.last?.value ?? nothing) }
        }
    }
}

/// Ranges as they are found, each beginning where the one before it ends.
private struct RangeList<Key: FixedWidthInteger & UnsignedInteger> {
    private(set) var starts: [Key] = [0]
    private(set) var values: [UInt16] = [.max]

    init(capacity: Int) {
        starts.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// What begins where the last began takes its place.
    mutating func append(_ start: Key, _ value: UInt16) {
        if starts[starts.count - 1] == start {
            values[values.count - 1] = value
        } else if values[values.count - 1] != value {
            starts.append(start)
            values.append(value)
        }
    }
}
