import Capture

/// What captures took and lost, in all. Nil is not known.
///
/// What was offered is what was taken, what the kernel dropped, and what nobody read, to the packet. A capture's statistics are
/// asked for after its frames were taken, so that none is among the taken that is not among the received.
package struct LiveLosses: Hashable, Sendable {
    /// Packets that passed the filter.
    package private(set) var offered: UInt64?
    package private(set) var dropped: UInt64?
    package private(set) var droppedByInterface: UInt64?
    /// What the kernel still holds, or held when the capture was closed.
    package private(set) var unread: UInt64?

    package init() {}

    /// Adds a capture from which so many frames were `taken`.
    ///
    /// `looped` packets of the loopback the kernel counted twice. Where it dropped some of those, one of the two may be missing
    /// from either count, and what is unread is as near as can be known.
    mutating func add(_ statistics: LiveStatistics, taken: UInt64, looped: UInt64 = 0) {
        if let received = statistics.received {
            let known = taken + looped + (statistics.dropped ?? 0)
            let held = received > known ? received - known : 0
            unread = (unread ?? 0) + held
            offered = (offered ?? 0) + taken + (statistics.dropped ?? 0) + held
        }
        if let more = statistics.dropped { dropped = (dropped ?? 0) + more }
        if let more = statistics.droppedByInterface { droppedByInterface = (droppedByInterface ?? 0) + more }
    }

    mutating func add(_ source: LiveSource) {
        add(source.capture.statistics(), taken: source.taken, looped: source.looped)
    }
}
