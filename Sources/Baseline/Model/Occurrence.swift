import Addressing

/// How often something was seen, and when first and last; whole seconds since 1970.
package struct Occurrence: Hashable, Sendable {
    package var count: Int
    package var first: Int64
    package var last: Int64

    package init(count: Int, first: Int64, last: Int64) {
        self.count = count
        self.first = first
        self.last = last
    }

    /// Once.
    init(at time: Timestamp) {
        let second = max(0, time.seconds)
        self.init(count: 1, first: second, last: second)
    }

    /// Both together.
    mutating func add(_ other: Self) {
        count = count.addingReportingOverflow(other.count).overflow ? .max : count + other.count
        first = min(first, other.first)
        last = max(last, other.last)
    }
}
