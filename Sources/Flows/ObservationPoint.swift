/// A place where packets are seen: an interface of a host, or of a capture file.
public struct ObservationPoint: Hashable, Sendable {
    /// The interface's name, when the capture tells it.
    public var interface: String?
    /// The kernel's number for it, when the capture tells it.
    public var interfaceIndex: UInt32?
    /// The inode number of the network namespace it is in, when known.
    public var namespace: UInt64?
    /// Digits after the second that its time stamps have: 6 or 9, mostly.
    public var timestampDigits: Int
    /// Whether it is on another host than the one whose journal is read: what that knows of addresses holds there no more.
    public var isElsewhere = false

    public init(
        interface: String? = nil,
        interfaceIndex: UInt32? = nil,
        namespace: UInt64? = nil,
        timestampDigits: Int = 9
    ) {
        self.interface = interface
        self.interfaceIndex = interfaceIndex
        self.namespace = namespace
        self.timestampDigits = timestampDigits
    }
}
