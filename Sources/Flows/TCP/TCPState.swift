/// What one end of a TCP connection was seen to do, as Zeek's connection states need it.
///
/// Seen, not believed: a capture may begin in mid-stream and lose packets, so these are not RFC 9293's states.
enum TCPEndState: UInt8 {
    /// Sent nothing yet.
    case inactive
    /// Sent a SYN.
    case synSent
    /// Sent a SYN-ACK that nobody was seen to ask for.
    case synAckSent
    /// Sends, but was never seen to begin.
    case partial
    /// Completed a handshake.
    case established
    /// Sent a FIN.
    case closed
    /// Sent a RST.
    case reset
    /// Sent a FIN and then a RST, while the other end had not sent its FIN.
    case aborted
}

/// Zeek's summary of a connection, `conn_state`.
///
/// https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html
public enum ConnectionState: String, Sendable {
    /// Attempt seen, no reply.
    case s0 = "S0"
    /// Established, not ended.
    case s1 = "S1"
    /// Ended in order by both.
    case sf = "SF"
    /// Attempt rejected.
    case rej = "REJ"
    /// Established; the originator wants to close, the responder did not answer that.
    case s2 = "S2"
    /// Established; the responder wants to close, the originator did not answer that.
    case s3 = "S3"
    /// The originator aborted an established connection.
    case rsto = "RSTO"
    /// The responder aborted.
    case rstr = "RSTR"
    /// The originator sent a SYN and a RST; no SYN-ACK was seen.
    case rstos0 = "RSTOS0"
    /// The responder sent a SYN-ACK and a RST; no SYN was seen.
    case rstrh = "RSTRH"
    /// The originator sent a SYN and a FIN; no SYN-ACK was seen: half open.
    case sh = "SH"
    /// The responder sent a SYN-ACK and a FIN; no SYN was seen.
    case shr = "SHR"
    /// No SYN: mid-stream traffic, or a protocol without connections.
    case oth = "OTH"
}

extension ConnectionState {
    /// Of a TCP connection, from what both ends were seen to do.
    init(originator: TCPEndState, responder: TCPEndState, isEmpty: Bool) {
        let originator = originator == .aborted ? .reset : originator
        let responder = responder == .aborted ? .reset : responder
        let originatorIsVague = originator == .inactive || originator == .partial
        let responderIsVague = responder == .inactive || responder == .partial
        switch (originator, responder) {
        case (.synSent, .reset), (.synAckSent, .reset): self = .rej
        case (.reset, .reset) where isEmpty: self = .rej
        case (_, .reset): self = originatorIsVague ? .rstrh : .rstr
        case (.reset, _): self = responderIsVague ? .rstos0 : .rsto
        case (.closed, .closed): self = .sf
        case (.closed, _): self = responderIsVague ? .sh : .s2
        case (_, .closed): self = originatorIsVague ? .shr : .s3
        case (.synSent, .inactive): self = .s0
        case (.established, .established): self = .s1
        default: self = .oth
        }
    }

    /// Of a flow without connections: who was heard.
    init(originatorSent: Bool, responderSent: Bool) {
        switch (originatorSent, responderSent) {
        case (true, true): self = .sf
        case (true, false): self = .s0
        case (false, true): self = .shr
        case (false, false): self = .oth
        }
    }
}
