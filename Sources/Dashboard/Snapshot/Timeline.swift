package import Addressing

/// How much went when: equal spans of time, oldest first, from the beginning of what is known to its end.
package struct Timeline: Hashable, Sendable {
    /// Nanoseconds that each bin covers.
    package var width: Int64 = 1_000_000_000
    package var start = Timestamp(nanoseconds: 0)
    package var bins: [Bin] = []

    package struct Bin: Hashable, Sendable {
        package var bytes: UInt64 = 0
        /// Flows that began.
        package var flows: UInt64 = 0
        /// Whether packets were lost, or nobody watched.
        package var isGap = false

        package init() {}
    }

    package init() {}

    /// The span of a bin.
    package func span(of bin: Int) -> Range<Int64> {
        let first = start.nanoseconds &+ Int64(bin) &* width
        return first..<(first &+ width)
    }

    /// The bin that a moment is in, as far as there are any.
    package func bin(of time: Timestamp) -> Int? {
        guard !bins.isEmpty else { return nil }
        let (difference, isOver) = time.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
        guard !isOver, difference >= 0 else { return 0 }
        return min(Int(difference / max(width, 1)), bins.count - 1)
    }
}
