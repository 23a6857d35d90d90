/// What a live capture saw and lost since it was opened. `nil` is not known, which is not 0.
package struct LiveStatistics: Hashable, Sendable {
    /// Packets that passed the filter: delivered, waiting in the kernel's buffer, or dropped for want of room there.
    ///
    /// On "any" and on `lo` more than are delivered: what the loopback sends is counted here and then left out, as it is seen
    /// again when it arrives.
    package var received: UInt64?

    /// Packets that passed the filter and were lost because the buffer was full.
    package var dropped: UInt64?

    /// Packets the interface lost before the kernel had them (`rx_missed_errors` and `rx_fifo_errors` in
    /// /sys/class/net/NAME/statistics), filtered or not.
    ///
    /// Not known of "any", nor of a device in another namespace than the one /sys was mounted in: a device there that
    /// happens to have the same name has its own count.
    package var droppedByInterface: UInt64?

    package init(received: UInt64? = nil, dropped: UInt64? = nil, droppedByInterface: UInt64? = nil) {
        self.received = received
        self.dropped = dropped
        self.droppedByInterface = droppedByInterface
    }
}
