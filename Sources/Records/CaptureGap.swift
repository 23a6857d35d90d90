package import Addressing

/// Packets that a live capture lost, of a stretch of time that ends at `time`. Nil is not known, which is not 0.
package struct CaptureGap: Hashable, Sendable {
    package var time: Timestamp
    /// As it was opened: a device, or `any`.
    package var interface: String
    /// The inode number of its network namespace.
    package var namespace: UInt64
    /// Packets that passed the filter meanwhile, the dropped ones among them.
    package var received: UInt64
    package var dropped: UInt64?
    package var droppedByInterface: UInt64?

    package init(
        time: Timestamp,
        interface: String,
        namespace: UInt64,
        received: UInt64,
        dropped: UInt64?,
        droppedByInterface: UInt64?
    ) {
        self.time = time
        self.interface = interface
        self.namespace = namespace
        self.received = received
        self.dropped = dropped
        self.droppedByInterface = droppedByInterface
    }
}
