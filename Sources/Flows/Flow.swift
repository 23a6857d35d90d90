public import Addressing
public import Wire

/// A flow as it stands or as it ended: one conversation, whatever the number of places it was seen at.
///
/// A plain value, made by copying an entry of the table: what others ask for is worked out when they ask, as a scan ends
/// millions of flows of which nobody wants more than the protocol. *Source* is the initiator and *destination* the
/// responder. Counters are those of the observation point that saw most; what is kept in side tables is found through the
/// `FlowBook` that comes with it.
public struct Flow: Sendable {
    /// The low end's address in two halves, an IPv4 one in the second; then the high end's.
    @usableFromInline var lowHigh: UInt64
    @usableFromInline var lowLow: UInt64
    @usableFromInline var highHigh: UInt64
    @usableFromInline var highLow: UInt64
    /// Both ports, the protocol, the scope: as in `FlowKey.transport`.
    @usableFromInline var transport: UInt64
    /// Whether the low end of the key is the initiator: side tables count by ends.
    @usableFromInline var sourceIsLow: Bool
    public var isIPv6: Bool

    /// What the point that saw most counted, by ends of the key.
    @usableFromInline var lowPackets: UInt64
    @usableFromInline var lowBytes: UInt64
    @usableFromInline var highPackets: UInt64
    @usableFromInline var highBytes: UInt64

    /// When the last packet passed, at whichever point.
    public var last: Timestamp

    var counters: FlowCounters
    var detail: FlowDetail

    /// Why it ended; nil while it has not.
    public var endReason: EndReason?
    /// The twin's name, or that of the flow it is joined to.
    var other: FlowIdentifier?
    /// What totals gain by it, in packets and bytes: less than its own counters when its twin was counted before it.
    public var gain: (packets: UInt64, bytes: UInt64)
    /// Whether its twin was counted before it, so that it is no further flow.
    public var repeatsTwin: Bool

    /// Why a flow's record was closed. IPFIX information element 136, and our own.
    public enum EndReason: String, Sendable {
        case idle, active, fin, rst, forced, evicted, joined
        case captureEnd = "capture_end"
    }
}

extension Flow {
    /// The twin's name, when it has one.
    public var twin: FlowIdentifier? { endReason == .joined ? nil : other }

    /// The name of the flow it turned out to be a part of.
    public var joinedTo: FlowIdentifier? { endReason == .joined ? other : nil }

    /// Makes it a part of another: nothing else counts it.
    mutating func join(_ main: FlowIdentifier?) {
        other = main
        gain = (0, 0)
    }

    /// Its name in records.
    public var identifier: FlowIdentifier { FlowIdentifier(serial: serial, first: first) }

    /// Counts the flows of a table from 1.
    public var serial: UInt32 { detail.serial }

    /// Number of its scope in the book.
    @inlinable public var scope: UInt32 { UInt32(truncatingIfNeeded: transport >> 40) }

    /// As IANA registers them.
    @inlinable public var protocolNumber: UInt8 { UInt8(truncatingIfNeeded: transport >> 32) }

    /// The initiator's address as two numbers; an IPv4 address in the low one.
    @inlinable public var sourceBits: (high: UInt64, low: UInt64) {
        sourceIsLow ? (lowHigh, lowLow) : (highHigh, highLow)
    }

    /// The responder's.
    @inlinable public var destinationBits: (high: UInt64, low: UInt64) {
        sourceIsLow ? (highHigh, highLow) : (lowHigh, lowLow)
    }

    /// The initiator's address.
    public var source: IPAddress { address(sourceBits) }

    /// The responder's address.
    public var destination: IPAddress { address(destinationBits) }

    private func address(_ bits: (high: UInt64, low: UInt64)) -> IPAddress {
        IPAddress(high: bits.high, low: bits.low, isIPv6: isIPv6)
    }

    /// The initiator's port; 0 without ports.
    @inlinable public var sourcePort: UInt16 {
        UInt16(truncatingIfNeeded: sourceIsLow ? transport >> 16 : transport)
    }

    /// The responder's port; 0 without ports.
    @inlinable public var destinationPort: UInt16 {
        UInt16(truncatingIfNeeded: sourceIsLow ? transport : transport >> 16)
    }

    /// Packets sent by the initiator.
    @inlinable public var sourcePackets: UInt64 { sourceIsLow ? lowPackets : highPackets }

    /// IP bytes sent by the initiator.
    @inlinable public var sourceBytes: UInt64 { sourceIsLow ? lowBytes : highBytes }

    /// Packets sent by the responder.
    @inlinable public var destinationPackets: UInt64 { sourceIsLow ? highPackets : lowPackets }

    /// IP bytes sent by the responder.
    @inlinable public var destinationBytes: UInt64 { sourceIsLow ? highBytes : lowBytes }

    /// Packets of both ends.
    @inlinable public var packets: UInt64 { lowPackets &+ highPackets }

    /// IP bytes of both ends.
    @inlinable public var bytes: UInt64 { lowBytes &+ highBytes }

    /// When the first packet passed.
    public var first: Timestamp { Timestamp(nanoseconds: detail.first) }

    /// The initiator's hardware address; zero when there was none.
    public var sourceMAC: MACAddress { sourceIsLow ? detail.lowMAC : detail.highMAC }

    /// The responder's hardware address; zero when there was none.
    public var destinationMAC: MACAddress { sourceIsLow ? detail.highMAC : detail.lowMAC }

    /// What its bytes said it speaks.
    public var applicationProtocol: ApplicationProtocol {
        detail.applicationProtocol == 0
            ? .unknown : ApplicationProtocol(rawValue: detail.applicationProtocol) ?? .unknown
    }

    /// Whether its bytes told anything: `FlowBook.application(of:)` has it then.
    public var hasApplication: Bool { detail.application != 0 }

    /// Whether it travelled in a tunnel: `FlowBook.tunnel(of:)` has it then, unless its table was full.
    public var isTunnelled: Bool { detail.tunnel != 0 }

    /// Whether somebody waits for its responder's answer, and was not told yet that it came or did not.
    public var isAwaited: Bool { counters.isAwaited }

    /// Makes it one that nobody waits for.
    public mutating func abandon() { counters.isAwaited = false }

    /// ICMP type of the first packet.
    public var icmpType: UInt8 { detail.icmpType }

    /// ICMP code of the first packet.
    public var icmpCode: UInt8 { detail.icmpCode }

    /// Number of its primary observation point in the book.
    public var point: UInt16 { counters.point }

    /// What the primary point counted, by ends of the key.
    var primary: PointCount { PointCount(primary: counters, detail) }

    /// Zeek's history letters; `^` first when the first packet came from the responder.
    public var history: String {
        var text = ""
        forEachHistoryLetter { text.unicodeScalars.append(UnicodeScalar($0)) }
        return text
    }
}

extension FlowDetail {
    /// The low end's hardware address.
    var lowMAC: MACAddress { MACAddress(bits: UInt64(lowMACHigh) << 16 | UInt64(lowMACLow)) }

    /// The high end's hardware address.
    var highMAC: MACAddress { MACAddress(bits: UInt64(highMACHigh) << 16 | UInt64(highMACLow)) }
}
