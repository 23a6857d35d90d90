import Capture

/// What captures lost, in all. Nil is not known.
package struct LiveLosses: Hashable, Sendable {
    package var received: UInt64?
    package var dropped: UInt64?
    package var droppedByInterface: UInt64?

    package init() {}

    mutating func add(_ statistics: LiveStatistics) {
        if let more = statistics.received { received = (received ?? 0) + more }
        if let more = statistics.dropped { dropped = (dropped ?? 0) + more }
        if let more = statistics.droppedByInterface { droppedByInterface = (droppedByInterface ?? 0) + more }
    }
}
