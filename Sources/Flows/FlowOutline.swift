public import Addressing
public import Wire

/// A flow at first look: who calls whom, and how it began. Most flows are judged by no more, and to make this costs a fraction of a
/// `Flow`, which is five times as large.
///
/// Counters are those of its primary observation point.
public struct FlowOutline: BitwiseCopyable, Sendable {
    var sourceHigh: UInt64
    var sourceLow: UInt64
    var destinationHigh: UInt64
    var destinationLow: UInt64
    /// When its first packet passed.
    public var first: Timestamp
    /// When its last packet passed there.
    public var last: Timestamp
    /// Counts the flows of a table from 1.
    public var serial: UInt32
    /// Number of its scope in the book.
    public var scope: UInt32
    /// Number of the tunnel around it in the book; 0 for none.
    var tunnel: UInt32
    /// Number of what its bytes told in the book; 0 for nothing.
    var words: UInt32
    /// Packets sent by the initiator.
    public var sourcePackets: UInt32
    /// Packets sent by the responder.
    public var destinationPackets: UInt32
    /// The initiator's port; 0 without ports.
    public var sourcePort: UInt16
    /// The responder's port; 0 without ports.
    public var destinationPort: UInt16
    /// As IANA registers them.
    public var protocolNumber: UInt8
    var application: UInt8
    /// TCP states of both ends, the initiator's in the low four bits.
    var states: UInt8
    var traits: Traits

    struct Traits: OptionSet, BitwiseCopyable, Sendable {
        var rawValue: UInt8
        static var isIPv6: Self { Self(rawValue: 1) }
        /// Other points, a twin or a translation are kept in the side table.
        static var hasAside: Self { Self(rawValue: 2) }
        /// Either end sent payload.
        static var hasData: Self { Self(rawValue: 8) }
        /// Somebody waits for the responder's answer.
        static var isAwaited: Self { Self(rawValue: 16) }
        /// Its history begins with the initiator's SYN.
        static var beginsWithSYN: Self { Self(rawValue: 32) }

        init(rawValue: UInt8) { self.rawValue = rawValue }

        @inline(__always)
        init(isIPv6: Bool, _ counters: borrowing FlowCounters, _ detail: borrowing FlowDetail) {
            let data = HistoryLetter.data.rawValue
            let isSYN = counters.historyLength == 0 ? false : detail.history.beginsWithSYN
            rawValue =
                (isIPv6 ? 1 : 0) | (detail.aside != 0 ? 2 : 0) | (counters.seen & (data | data << 8) != 0 ? 8 : 0)
                | (counters.isAwaited ? 16 : 0) | (isSYN ? 32 : 0)
        }
    }
}

extension FlowOutline {
    /// Its name in records.
    public var identifier: FlowIdentifier { FlowIdentifier(serial: serial, first: first) }

    /// The initiator's address.
    public var source: IPAddress {
        IPAddress(high: sourceHigh, low: sourceLow, isIPv6: traits.contains(.isIPv6))
    }

    /// The responder's address.
    public var destination: IPAddress {
        IPAddress(high: destinationHigh, low: destinationLow, isIPv6: traits.contains(.isIPv6))
    }

    /// The initiator's address as two numbers; an IPv4 address in the low one.
    public var sourceBits: (high: UInt64, low: UInt64) { (sourceHigh, sourceLow) }

    /// The responder's.
    public var destinationBits: (high: UInt64, low: UInt64) { (destinationHigh, destinationLow) }

    public var isIPv6: Bool { traits.contains(.isIPv6) }

    /// Whether it travelled in a tunnel: `FlowBook.tunnel(of:)` has it then, unless its table was full.
    public var isTunnelled: Bool { tunnel != 0 }

    /// Whether there is more to it than is told here: other points that may have counted more, a twin, or ends that NAT gave it.
    public var isPartial: Bool { traits.contains(.hasAside) }

    /// Whether its bytes told anything.
    public var hasApplication: Bool { words != 0 }

    /// Whether somebody waits for its responder's answer, and was not told yet that it came or did not.
    public var isAwaited: Bool { traits.contains(.isAwaited) }

    /// Whether it is TCP and began with a SYN of its initiator.
    public var beginsWithSYN: Bool { traits.contains(.beginsWithSYN) && protocolNumber == 6 }

    /// What its bytes said it speaks.
    public var applicationProtocol: ApplicationProtocol {
        application == 0 ? .unknown : ApplicationProtocol(rawValue: application) ?? .unknown
    }

    /// Of a flow as it is told.
    public init(_ flow: borrowing Flow) {
        (sourceHigh, sourceLow) = flow.sourceBits
        (destinationHigh, destinationLow) = flow.destinationBits
        (first, last) = (flow.first, flow.last)
        serial = flow.serial
        scope = flow.scope
        tunnel = flow.detail.tunnel
        words = flow.detail.application
        sourcePackets = UInt32(clamping: flow.sourcePackets)
        destinationPackets = UInt32(clamping: flow.destinationPackets)
        sourcePort = flow.sourcePort
        destinationPort = flow.destinationPort
        protocolNumber = flow.protocolNumber
        application = flow.detail.applicationProtocol
        let states = flow.counters.states
        self.states = flow.sourceIsLow ? states : states << 4 | states >> 4
        traits = Traits(isIPv6: flow.isIPv6, flow.counters, flow.detail)
    }
}

extension FlowStore {
    /// The flow at first look.
    @inline(__always)
    func outline(_ number: Int) -> FlowOutline {
        let (entry, detail) = unsafe (entries + number, details + number)
        let isFromHigh = unsafe entry.pointee.counters.flags.contains(.initiatorIsHigh)
        let source = unsafe entry.pointee.key.halves(high: isFromHigh)
        let destination = unsafe entry.pointee.key.halves(high: !isFromHigh)
        let transport = unsafe entry.pointee.key.transport
        let (low, high) = unsafe (entry.pointee.counters.lowPackets, entry.pointee.counters.highPackets)
        let (lowPort, highPort) = (UInt16(truncatingIfNeeded: transport >> 16), UInt16(truncatingIfNeeded: transport))
        let states = unsafe entry.pointee.counters.states
        return unsafe FlowOutline(
            sourceHigh: source.high,
            sourceLow: source.low,
            destinationHigh: destination.high,
            destinationLow: destination.low,
            first: Timestamp(nanoseconds: detail.pointee.first),
            last: Timestamp(nanoseconds: entry.pointee.counters.last),
            serial: detail.pointee.serial,
            scope: UInt32(truncatingIfNeeded: transport >> 40),
            tunnel: detail.pointee.tunnel,
            words: detail.pointee.application,
            sourcePackets: isFromHigh ? high : low,
            destinationPackets: isFromHigh ? low : high,
            sourcePort: isFromHigh ? highPort : lowPort,
            destinationPort: isFromHigh ? lowPort : highPort,
            protocolNumber: UInt8(truncatingIfNeeded: transport >> 32),
            application: detail.pointee.applicationProtocol,
            states: isFromHigh ? states << 4 | states >> 4 : states,
            traits: FlowOutline.Traits(isIPv6: Key.isIPv6, entry.pointee.counters, detail.pointee)
        )
    }
}
