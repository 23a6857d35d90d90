public import Addressing

/// What one observation point counted of a flow.
public struct PointCount: Hashable, Sendable, BitwiseCopyable {
    /// The point's number in the flow book.
    public var point: UInt16
    /// Packets and IP bytes sent by the low end.
    public var lowPackets: UInt64
    public var lowBytes: UInt64
    /// The same of the high end.
    public var highPackets: UInt64
    public var highBytes: UInt64
    /// When it saw the first and the last of them.
    public var first: Timestamp
    public var last: Timestamp
    /// Which end is beyond the interface: whose packets came in there, and whom those are for that went out.
    public var beyond: FlowEnd
    /// Whether it saw the other addresses that NAT gave the flow. A point can see both.
    public var isTranslated: Bool

    /// Packets that an end sent.
    public func packets(of end: FlowEnd) -> UInt64 {
        switch end {
        case .unknown: 0
        case .low: lowPackets
        case .high: highPackets
        }
    }

    /// Both ends' packets.
    public var packets: UInt64 { lowPackets + highPackets }
}

extension PointCount {
    /// Nothing counted yet.
    init(point: UInt16, at time: Int64) {
        self.point = point
        lowPackets = 0
        lowBytes = 0
        highPackets = 0
        highBytes = 0
        first = Timestamp(nanoseconds: time)
        last = first
        beyond = .unknown
        isTranslated = false
    }

    /// What the primary point of a flow counted.
    init(primary counters: FlowCounters, _ detail: FlowDetail) {
        self.init(point: counters.point, at: detail.first)
        beyond = detail.beyond
        lowPackets = UInt64(counters.lowPackets)
        lowBytes = counters.lowBytes
        highPackets = UInt64(counters.highPackets)
        highBytes = counters.highBytes
        last = Timestamp(nanoseconds: counters.last)
    }

    /// Whether its packets can be counted in 32 bits, and some more.
    var canBePrimary: Bool { max(lowPackets, highPackets) < 1 << 31 }

    /// Counts a packet of `length` IP bytes.
    @inline(__always)
    mutating func add(_ length: UInt32, fromHigh: Bool, at time: Int64) {
        if fromHigh {
            highPackets &+= 1
            highBytes &+= UInt64(length)
        } else {
            lowPackets &+= 1
            lowBytes &+= UInt64(length)
        }
        last = Timestamp(nanoseconds: time)
    }

    mutating func add(_ other: Self) {
        lowPackets += other.lowPackets
        lowBytes += other.lowBytes
        highPackets += other.highPackets
        highBytes += other.highBytes
        last = max(last, other.last)
    }

    /// The same with the ends changed about.
    var turned: Self {
        var turned = self
        swap(&turned.lowPackets, &turned.highPackets)
        swap(&turned.lowBytes, &turned.highBytes)
        turned.beyond = beyond.turned
        return turned
    }
}
