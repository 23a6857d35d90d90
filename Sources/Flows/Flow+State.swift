/// How far a flow's conversation came.
extension Flow {
    /// Zeek's summary of it.
    public var connectionState: ConnectionState { FlowOutline(self).connectionState }

    /// Whether a handshake was seen, or both ends sent.
    public var isEstablished: Bool {
        guard protocolNumber == 6 else { return lowPackets > 0 && highPackets > 0 }
        let under = TCPEndState.partial.rawValue
        return counters.states & 15 >= under && counters.states >> 4 >= under
    }

    /// Whether both ends said goodbye, or one hung up.
    public var isClosed: Bool { protocolNumber == 6 && TCPTracker.isOver(counters.states) }
}

extension FlowOutline {
    /// Zeek's summary of it.
    public var connectionState: ConnectionState {
        switch protocolNumber {
        case 6:
            // A SYN and no answer: what scans and floods are made of.
            if states == TCPEndState.synSent.rawValue { return .s0 }
            return ConnectionState(
                originator: TCPEndState(rawValue: states & 15) ?? .inactive,
                responder: TCPEndState(rawValue: states >> 4) ?? .inactive,
                isEmpty: !traits.contains(.hasData)
            )
        case 17:
            return ConnectionState(originatorSent: sourcePackets > 0, responderSent: destinationPackets > 0)
        default:
            return .oth
        }
    }
}
