import Addressing

/// How much somebody sent in each hour, or each day.
struct VolumeHistory: Sendable {
    private struct Period: Sendable {
        var number: Int64
        var bytes: UInt64
    }

    /// Seconds of one, and how many are remembered.
    private let length: Int64
    private let limit: Int
    private var current = Period(number: .min, bytes: 0)
    /// Those in which something was sent, the oldest first.
    private var past: [Period] = []

    /// More than so many median deviations above the median is unusual.
    static var deviations: UInt64 { 6 }
    /// More than so many times the most ever is far more. A backup that crosses a border one night and not the next is twice as much.
    static var factor: UInt64 { 2 }

    init(seconds length: Int64, remembered limit: Int) {
        self.length = length
        self.limit = limit
    }

    /// When the period that goes on began.
    var began: Timestamp { Timestamp(nanoseconds: current.number &* length &* 1_000_000_000) }

    /// Sent in the period that goes on.
    var bytes: UInt64 { current.bytes }

    /// The most that was sent in one of those before.
    var most: UInt64 { past.map(\.bytes).max() ?? 0 }

    mutating func add(_ bytes: UInt64, at second: Int64) {
        let number = second / length
        if number > current.number {
            if current.bytes > 0 { past.append(current) }
            past.removeAll { $0.number < number - Int64(limit) }
            current = Period(number: number, bytes: 0)
        }
        current.bytes = current.bytes.addingSaturated(bytes)
    }

    /// Whether the period that goes on has far more than any before, and `floor` more at least.
    func isExceeded(by floor: UInt64) -> Bool {
        guard current.bytes > floor else { return false }
        let most = most
        guard current.bytes > most.multipliedSaturated(Self.factor).addingSaturated(floor) else { return false }
        let sorted = past.map(\.bytes).sorted()
        guard !sorted.isEmpty else { return true }
        let median = sorted[sorted.count / 2]
        let deviation = sorted.map { $0 > median ? $0 - median : median - $0 }.sorted()[sorted.count / 2]
        return current.bytes > median.addingSaturated(deviation.multipliedSaturated(Self.deviations))
    }
}

extension UInt64 {
    fileprivate func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    fileprivate func multipliedSaturated(_ other: Self) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
