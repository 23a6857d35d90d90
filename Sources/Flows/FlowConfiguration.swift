/// Bounds and time-outs of a flow table.
public struct FlowConfiguration: Sendable {
    /// The most flows of each address family. What comes then evicts the flow that would have ended next.
    public var capacity = 4 << 20

    /// After so long without a packet a connection that was set up ends. Whole seconds of packet time.
    public var tcpIdle: Int64 = 300
    /// The same for a connection attempt, or one seen in one direction only.
    public var tcpAttempt: Int64 = 60
    /// The same after both ends said goodbye, or one hung up: long enough for stragglers.
    public var tcpClosed: Int64 = 5
    /// The same for everything without connections.
    public var idle: Int64 = 60
    /// After so long a flow's record is written and a new one begun, however busy it is. IPFIX, RFC 7011, calls it active.
    public var active: Int64 = 1800

    /// How many payloads of a flow are looked at before its protocol is given up on.
    public var inspections: UInt8 = 6

    /// Whether running flows are told of every `updateInterval`, those that had a packet since they were told of last.
    public var reportsUpdates = false
    /// About how often that is, in whole seconds of packet time; less than 1 counts as 1.
    public var updateInterval: Int64 = 60

    /// Whether new flows are told of.
    public var reportsStarts = false
    /// Whether it is told what becomes of tries: that a flow's responder answers first, or that nobody does; needs `reportsStarts`.
    public var reportsAnswers = false
    /// Nanoseconds of packet time without an answer after which that is told.
    public var patience: Int64 = 1_000_000_000

    public init() {}
}
