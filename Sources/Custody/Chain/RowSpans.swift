/// Numbers of rows, as spans of those that follow each other, in order. Written as a gap and a length each, of seven bits a byte.
package struct RowSpans: Hashable, Sendable {
    package private(set) var spans: [ClosedRange<Int64>] = []

    package struct Damage: Error {}

    /// Spans that are read at most: as many as rows that a transaction may write.
    package static var limit: Int { 1 << 20 }

    package init() {}

    /// Of spans in any order, which may overlap.
    package init(joining spans: [ClosedRange<Int64>]) {
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) { join(span) }
    }

    /// Of numbers in any order.
    package init(_ rows: [Int64]) {
        for row in rows.sorted() { append(row) }
    }

    package var isEmpty: Bool { spans.isEmpty }

    /// How many rows; at most what fits.
    package var count: Int {
        spans.reduce(0) { sum, span in
            // One less than there are; of 2^63 and more it is all that fits.
            let length = Int(clamping: UInt64(bitPattern: span.upperBound &- span.lowerBound))
            let (count, isOver) = sum.addingReportingOverflow(length)
            return isOver || count == .max ? .max : count + 1
        }
    }

    package var rows: some Sequence<Int64> { spans.lazy.flatMap { $0 } }

    package mutating func removeAll() { spans.removeAll(keepingCapacity: true) }

    /// Adds one that comes after all others; one that is there is not added again.
    package mutating func append(_ row: Int64) {
        guard let last = spans.last else {
            spans.append(row...row)
            return
        }
        guard row > last.upperBound else { return }
        if row - 1 == last.upperBound {
            spans[spans.count - 1] = last.lowerBound...row
        } else {
            spans.append(row...row)
        }
    }

    package func contains(_ row: Int64) -> Bool {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].upperBound < row { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].lowerBound <= row
    }

    /// Adds all of another.
    package mutating func formUnion(_ other: Self) {
        if let last = spans.last, let first = other.spans.first, first.lowerBound <= last.upperBound {
            let own = spans
            var (place, next) = (0, 0)
            spans = []
            while place < own.count || next < other.spans.count {
                if next == other.spans.count
                    || place < own.count && own[place].lowerBound < other.spans[next].lowerBound
                {
                    join(own[place])
                    place += 1
                } else {
                    join(other.spans[next])
                    next += 1
                }
            }
        } else {
            for span in other.spans { join(span) }
        }
    }

    private mutating func join(_ span: ClosedRange<Int64>) {
        guard let last = spans.last, last.upperBound == .max || span.lowerBound <= last.upperBound + 1 else {
            spans.append(span)
            return
        }
        spans[spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
    }
}

extension RowSpans {
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var place: Int64 = 0
        for span in spans {
            Self.write(UInt64(bitPattern: span.lowerBound &- place), &bytes)
            Self.write(UInt64(bitPattern: span.upperBound &- span.lowerBound), &bytes)
            place = span.upperBound
        }
        return bytes
    }

    /// Reads what `bytes` wrote. Numbers that do not rise are damage: whoever wrote the file chose them.
    package init(bytes: [UInt8]) throws(Damage) {
        var position = 0
        var place: Int64 = 0
        while position < bytes.count {
            let low = place &+ Int64(bitPattern: try Self.read(bytes, &position))
            let (high, isOver) = low.addingReportingOverflow(Int64(bitPattern: try Self.read(bytes, &position)))
            guard !isOver, high >= low else { throw Damage() }
            if let last = spans.last, low <= last.upperBound || spans.count == Self.limit { throw Damage() }
            spans.append(low...high)
            place = high
        }
    }

    private static func write(_ number: UInt64, _ bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func read(_ bytes: [UInt8], _ position: inout Int) throws(Damage) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { throw Damage() }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return number }
        }
        throw Damage()
    }
}
