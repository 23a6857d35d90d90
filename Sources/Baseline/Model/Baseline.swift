/// What workloads did while it was learned: a profile of each, and how much was seen for it.
package struct Baseline: Hashable, Sendable {
    /// By workload, in order.
    package var profiles: [Profile] = []
    /// Seconds since 1970 between which it was learned; nil where nothing came.
    package var span: ClosedRange<Int64>?
    /// Answered conversations, which teach, and tries, which do not.
    package var conversations = 0
    package var unanswered = 0
    package var loss = CaptureLoss()
    /// Conversations of workloads for whose profile there was no room.
    package var omitted = 0

    package init() {}

    /// The profile of a workload; nil where it has none.
    package func profile(of workload: Workload) -> Profile? {
        // They are in order.
        var (low, high) = (0, profiles.count)
        while low < high {
            let middle = (low + high) / 2
            if profiles[middle].workload < workload { low = middle + 1 } else { high = middle }
        }
        return low < profiles.count && profiles[low].workload == workload ? profiles[low] : nil
    }
}

/// What a capture did not see while a baseline was learned.
package struct CaptureLoss: Hashable, Sendable {
    /// Packets that were taken, and that the kernel or a network card dropped; nil: not known.
    package var received: UInt64?
    package var dropped: UInt64?
    /// Times in which nothing was seen, such as a restart.
    package var gaps = 0

    package init() {}

    /// The part of what there was that was not seen; nil: not known.
    package var ratio: Double? {
        guard let received, let dropped else { return nil }
        let all = Double(received) + Double(dropped)
        return all > 0 ? Double(dropped) / all : 0
    }

    /// Both together. What one does not know, is not known of both.
    package mutating func add(_ other: Self) {
        received = Self.sum(received, other.received)
        dropped = Self.sum(dropped, other.dropped)
        gaps += other.gaps
    }

    private static func sum(_ left: UInt64?, _ right: UInt64?) -> UInt64? {
        guard let left, let right else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
