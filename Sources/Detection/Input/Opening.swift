package import Flows

/// How a flow began: what kind of scan it is part of, if it is part of one.
package enum Opening: Hashable, Sendable {
    case syn
    /// An ACK without a connection, or anything from its middle.
    case ack
    /// A FIN without a connection; Xmas scans add PSH and URG.
    case fin
    /// No flag at all.
    case null
    /// A fragment too short to have the flags, as nobody makes them but to hide something.
    case fragment
    case datagram
    /// An echo request.
    case echo
    /// An SCTP chunk.
    case sctp
    /// The responder spoke first: nobody asks here.
    case answer
    /// The same with a SYN-ACK: nobody was seen to ask for it.
    case synAck
    case other

    /// Of a flow at its first packet.
    package init(_ flow: borrowing Flow) {
        if flow.sourcePackets == 0 {
            // Only TCP has a history.
            self = flow.firstHistoryLetter == UInt8(ascii: "h") ? .synAck : .answer
            return
        }
        switch flow.protocolNumber {
        case 6:
            switch flow.firstHistoryLetter {
            case UInt8(ascii: "S"), UInt8(ascii: "Q"): self = .syn
            case UInt8(ascii: "F"), UInt8(ascii: "I"): self = .fin
            // Any TCP header is 20 octets behind at least 20 of IP.
            // Any TCP header is 20 octets behind at least 20 of IP.
            case nil: self = flow.sourceBytes < flow.sourcePackets &* 40 ? .fragment : .null
            // What the responder sent stands first where the initiator's first had no flag.
            case let letter? where !flow.beganWithResponder && Self.isOfResponder(letter):
                self = flow.sourceBytes < flow.sourcePackets &* 40 ? .fragment : .null
            default: self = .ack
            }
        case 17: self = .datagram
        case 132: self = .sctp
        case 1: self = flow.icmpType == 8 ? .echo : .other
        case 58: self = flow.icmpType == 128 ? .echo : .other
        default: self = .other
        }
    }

    private static func isOfResponder(_ letter: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter }

    /// What people call it.
    package var word: String {
        switch self {
        case .syn: "SYN"
        case .ack: "ACK"
        case .fin: "FIN"
        case .null: "NULL"
        case .fragment: "fragment"
        case .datagram: "UDP"
        case .echo: "ping"
        case .sctp: "SCTP"
        case .synAck: "SYN-ACK"
        case .answer, .other: "other"
        }
    }
}
