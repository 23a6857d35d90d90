package import Addressing
package import Flows
package import Wire

/// What a whole replay came to: the last record it writes.
package struct CaptureSummary: Sendable {
    /// Frames read, after any filter.
    package var frames: UInt64 = 0
    /// Their bytes on the wire.
    package var bytes: UInt64 = 0
    /// Frames a pcap-filter left out; nil without a filter.
    package var filtered: UInt64?
    /// When the first and the last frame passed; nil when there was none.
    package var first: Timestamp?
    package var last: Timestamp?
    /// Digits after the second of the capture's time stamps.
    package var timestampDigits = 9

    /// Why a file's reading stopped before its end, a line a file, as "NAME: reason".
    package var truncations: [String] = []
    /// What is known of the clocks of files, where they were compared.
    package var clocks: [CaptureClock] = []
    /// Packets the capturing kernel dropped, as the files tell; nil when they do not.
    package var dropped: UInt64?
    /// Live: packets that passed the filter: `frames`, `dropped` and `unread` together.
    package var offered: UInt64?
    /// Live: those the kernel still held when this was made; after the end nobody reads them any more.
    package var unread: UInt64?
    /// Packets the interfaces dropped; nil when unknown.
    package var interfaceDropped: UInt64?

    /// Flows, twins counted once.
    package var flows: UInt64 = 0
    /// Packets and IP bytes of those flows, each packet once however often it was seen.
    package var packets: UInt64 = 0
    package var ipBytes: UInt64 = 0
    /// Flow records cut by the active time-out, besides those flows.
    package var continuations: UInt64 = 0

    /// What could not be decoded, and the tunnels met.
    package var decode = DecodeCounters()
    /// Flows ended early because the table was full.
    package var evicted: UInt64 = 0
    /// Frames older than one before them.
    package var late: UInt64 = 0
    /// Later fragments whose first never came.
    package var orphanedFragments: UInt64 = 0
    /// What was not kept apart because a side table was full.
    package var overflows = TableOverflows()
    /// Names that were forgotten early because their table was full.
    package var namesForgotten: UInt64 = 0
    /// Sightings that were not kept because the table was full.
    package var sightingsLost: UInt64 = 0
    /// Ends of connections whose socket was not asked for, as too many began at a time.
    package var socketsUnasked: UInt64 = 0
    /// Live: how long each was left out under load, in nanoseconds.
    package var leftOut: [Detail: UInt64] = [:]

    package init() {}

    /// The capture's own duration in nanoseconds. Files may claim any time: past 292 years it stays there.
    package var elapsed: Int64 {
        guard let first, let last, first < last else { return 0 }
        let (elapsed, isTooLong) = last.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
        return isTooLong ? .max : elapsed
    }
}
