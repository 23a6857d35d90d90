public import Addressing
public import Wire

/// A flow as it stands or as it ended: one conversation, whatever the number of places it was seen at.
///
/// A plain value. *Source* is the initiator and *destination* the responder. Counters are those of the observation point
/// that saw most; what is kept in side tables is found through the `FlowBook` that comes with it.
public struct Flow: Sendable {
    public var serial: UInt32
    /// Number of its scope in the book.
    public var scope: UInt32
    public var isIPv6: Bool
    public var protocolNumber: UInt8
    /// Addresses in two halves; IPv4 ones in the low half.
    @usableFromInline var sourceHigh: UInt64
    @usableFromInline var sourceLow: UInt64
    @usableFromInline var destinationHigh: UInt64
    @usableFromInline var destinationLow: UInt64
    public var sourcePort: UInt16
    public var destinationPort: UInt16

    /// Packets sent by the initiator.
    public var sourcePackets: UInt64
    /// IP bytes sent by the initiator.
    public var sourceBytes: UInt64
    /// The same of the responder.
    public var destinationPackets: UInt64
    public var destinationBytes: UInt64

    /// When the first and the last packet passed.
    public var first: Timestamp
    public var last: Timestamp

    public var sourceMAC: MACAddress
    public var destinationMAC: MACAddress

    public var connectionState: ConnectionState
    /// Whether a handshake was seen, or both ends sent.
    public var isEstablished: Bool
    public var isClosed: Bool
    var flipped: Bool
    var letters: FlowHistory
    var historyLength: UInt8

    public var applicationProtocol: ApplicationProtocol
    public var icmpType: UInt8
    public var icmpCode: UInt8

    /// Number of its primary observation point in the book.
    public var point: UInt16
    var tunnel: UInt32
    var tunnelPort: UInt16
    var application: UInt32
    var aside: UInt32
    /// Whether the low end of the key is the initiator: side tables count by ends.
    var sourceIsLow: Bool
    /// What the primary point counted, by ends of the key.
    var primary: PointCount

    /// Why it ended; nil while it has not.
    public var endReason: EndReason?
    /// The twin's name, when it has one.
    public var twin: FlowIdentifier?
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
    /// Its name in records.
    public var identifier: FlowIdentifier { FlowIdentifier(serial: serial, first: first) }

    /// The initiator's address.
    public var source: IPAddress { address(sourceHigh, sourceLow) }

    /// The responder's address.
    public var destination: IPAddress { address(destinationHigh, destinationLow) }

    /// Whether its bytes told anything: `FlowBook.application(of:)` has it then.
    public var hasApplication: Bool { application != 0 }

    /// Packets of both ends.
    public var packets: UInt64 { sourcePackets + destinationPackets }

    /// IP bytes of both ends.
    public var bytes: UInt64 { sourceBytes + destinationBytes }

    /// Zeek's history letters; `^` first when the first packet came from the responder.
    public var history: String {
        var text = ""
        forEachHistoryLetter { text.unicodeScalars.append(UnicodeScalar($0)) }
        return text
    }

    private func address(_ high: UInt64, _ low: UInt64) -> IPAddress {
        isIPv6
            ? .v6(IPv6Address(high: high, low: low)) : .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: low)))
    }
}

extension Flow {
    /// The initiator's address as two numbers; an IPv4 address in the low one.
    @inlinable public var sourceBits: (high: UInt64, low: UInt64) { (sourceHigh, sourceLow) }

    /// The responder's.
    @inlinable public var destinationBits: (high: UInt64, low: UInt64) { (destinationHigh, destinationLow) }
}
