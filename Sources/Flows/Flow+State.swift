/// How far a flow's conversation came.
extension Flow {
    /// Zeek's summary of it.
    public var connectionState: ConnectionState {
        switch protocolNumber {
        case 6:
            // A SYN and no answer: what scans and floods are made of.
            let states = sourceIsLow ? counters.states : counters.states << 4 | counters.states >> 4
            if states == TCPEndState.synSent.rawValue { return .s0 }
            let low = TCPEndState(rawValue: counters.states & 15) ?? .inactive
            let high = TCPEndState(rawValue: counters.states >> 4) ?? .inactive
            let data = HistoryLetter.data.rawValue
            return ConnectionState(
                originator: sourceIsLow ? low : high,
                responder: sourceIsLow ? high : low,
                isEmpty: counters.seen & (data | data << 8) == 0
            )
        case 17:
            return ConnectionState(originatorSent: sourcePackets > 0, responderSent: destinationPackets > 0)
        default:
            return .oth
        }
    }

    /// Whether a handshake was seen, or both ends sent.
    public var isEstablished: Bool {
        guard protocolNumber == 6 else { return lowPackets > 0 && highPackets > 0 }
        let under = TCPEndState.partial.rawValue
        return counters.states & 15 >= under && counters.states >> 4 >= under
    }

    /// Whether both ends said goodbye, or one hung up.
    public var isClosed: Bool { protocolNumber == 6 && TCPTracker.isOver(counters.states) }
}
