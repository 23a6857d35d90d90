/// What every packet of a flow changes: 48 bytes that share a cache line with an IPv4 key.
///
/// *Low* and *high* are the ends in the key's order; `initiatorIsHigh` says which of them began.
struct FlowCounters: BitwiseCopyable {
    /// IP bytes sent by the low end.
    var lowBytes: UInt64 = 0
    /// IP bytes sent by the high end.
    var highBytes: UInt64 = 0
    /// When the primary point saw the last packet, in nanoseconds of packet time.
    var last: Int64 = 0
    /// Packets sent by the low end. A flow is cut before they can overflow.
    var lowPackets: UInt32 = 0
    /// Packets sent by the high end.
    var highPackets: UInt32 = 0
    /// The sequence number after the last byte the low end sent. Of pings, identifier and number of the last request.
    var lowNext: UInt32 = 0
    /// The same of the high end. Of pings, a hash of what the last request carried.
    var highNext: UInt32 = 0
    /// The observation point that alone drives state and names.
    var point: UInt16 = 0
    var flags: Flags = []
    /// TCP states of both ends, the low end's in the low four bits.
    var states: UInt8 = 0
    /// Letters that stand in the history already: the low end's in the low byte.
    var seen: UInt16 = 0
    /// How many payloads were looked at for the application's sake; `inspectionDone` when there is nothing more to learn.
    var inspected: UInt8 = 0
    /// Letters in the history, and in the first bit whether somebody waits for an answer: each packet is asked that.
    private var historyBits: UInt8 = 0

    /// Letters in the history.
    var historyLength: UInt8 {
        get { historyBits & 0x7f }
        set { historyBits = historyBits & 0x80 | newValue }
    }

    /// Whether somebody waits for the responder's answer.
    var isAwaited: Bool {
        get { historyBits & 0x80 != 0 }
        set { historyBits = newValue ? historyBits | 0x80 : historyBits & 0x7f }
    }

    struct Flags: OptionSet, BitwiseCopyable {
        var rawValue: UInt8
        /// The high end began.
        static var initiatorIsHigh: Self { Self(rawValue: 1) }
        /// The first packet came from the responder.
        static var flipped: Self { Self(rawValue: 2) }
        /// Other points or a twin are kept in the side table.
        static var hasAside: Self { Self(rawValue: 4) }
        /// `lowNext` means something.
        static var lowSequenceKnown: Self { Self(rawValue: 8) }
        /// `highNext` means something.
        static var highSequenceKnown: Self { Self(rawValue: 16) }
        /// Bytes of the low end are missing before `lowNext`.
        static var lowHole: Self { Self(rawValue: 32) }
        /// Bytes of the high end are missing before `highNext`.
        static var highHole: Self { Self(rawValue: 64) }
        /// It speaks DNS: every answer is looked at.
        static var isDNS: Self { Self(rawValue: 128) }
    }

    static var inspectionDone: UInt8 { .max }
}

/// What a flow's first packet leaves behind, and what changes seldom: 64 bytes beside the counters.
struct FlowDetail: BitwiseCopyable {
    /// When the first packet passed, in nanoseconds of packet time.
    var first: Int64 = 0
    /// The history; its length is among the counters.
    var history = FlowHistory()
    /// The low end's hardware address at the primary point.
    var lowMACHigh: UInt32 = 0
    /// The high end's.
    var highMACHigh: UInt32 = 0
    var lowMACLow: UInt16 = 0
    var highMACLow: UInt16 = 0
    /// Number of the tunnel around it in the tunnel table; 0 for none.
    var tunnel: UInt32 = 0
    /// Number of its entry in the side table, plus one; 0 for none.
    var aside: UInt32 = 0
    /// Number of what its bytes told, plus one; 0 for nothing.
    var application: UInt32 = 0
    /// The next flow in the same bucket of the timer wheel, or in the free list; number plus one.
    var next: UInt32 = 0
    /// The flow before it in that bucket, number plus one, or the bucket itself: see `TimerWheel`.
    var previous: UInt32 = 0
    /// Counts the flows of a table from 1.
    var serial: UInt32 = 0
    /// The tunnel's UDP source port, of the first packet.
    var tunnelPort: UInt16 = 0
    /// ICMP type and code of the first packet.
    var icmpType: UInt8 = 0
    var icmpCode: UInt8 = 0
    /// `ApplicationProtocol`, as recognised from bytes.
    var applicationProtocol: UInt8 = 0
    private var bits: UInt8 = 0

    /// Whose payloads were read already: 1 the low end's, 2 the high end's.
    var payloadsRead: UInt8 {
        get { bits & 3 }
        set { bits = bits & ~3 | newValue & 3 }
    }

    /// Of a stub, which is in no bucket: the entry its packets count for, and whether the ends are changed about.
    var main: (number: Int, isTurned: Bool)? {
        get { previous == 0 ? nil : (Int(previous) - 1, bits & 16 != 0) }
        set {
            previous = UInt32(truncatingIfNeeded: (newValue?.number ?? -1) + 1)
            bits = bits & ~16 | (newValue?.isTurned == true ? 16 : 0)
        }
    }

    /// Which end is beyond the primary point's interface.
    var beyond: FlowEnd {
        get { FlowEnd(rawValue: bits >> 2 & 3) ?? .unknown }
        set { bits = bits & ~12 | newValue.rawValue << 2 }
    }
}
