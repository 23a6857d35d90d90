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
    case datagram
    /// An echo request.
    case echo
    /// An SCTP chunk.
    case sctp
    /// The responder spoke first: nobody asks here.
    case answer
    case other

    /// Of a flow at its first packet.
    package init(_ flow: borrowing Flow) {
        if flow.sourcePackets == 0 {
            self = .answer
            return
        }
        switch flow.protocolNumber {
        case 6:
            let history = flow.history
            switch history.utf8.first {
            case UInt8(ascii: "S"), UInt8(ascii: "Q"): self = .syn
            case UInt8(ascii: "F"), UInt8(ascii: "I"): self = .fin
            case nil: self = .null
            default: self = .ack
            }
        case 17: self = .datagram
        case 132: self = .sctp
        case 1: self = flow.icmpType == 8 ? .echo : .other
        case 58: self = flow.icmpType == 128 ? .echo : .other
        default: self = .other
        }
    }

    /// What people call it.
    package var word: String {
        switch self {
        case .syn: "SYN"
        case .ack: "ACK"
        case .fin: "FIN"
        case .null: "NULL"
        case .datagram: "UDP"
        case .echo: "ping"
        case .sctp: "SCTP"
        case .answer, .other: "other"
        }
    }
}
