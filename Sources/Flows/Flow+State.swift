/// How far a flow's conversation came.
extension Flow {
    /// Zeek's summary of it.
    public var connectionState: ConnectionState {
        let data = HistoryLetter.data.rawValue
        return ConnectionState(
            protocolNumber: protocolNumber,
            states: sourceIsLow ? counters.states : counters.states << 4 | counters.states >> 4,
            hasData: counters.seen & (data | data << 8) != 0,
            originatorSent: sourcePackets > 0,
            responderSent: destinationPackets > 0
        )
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

extension FlowOutline {
    /// Zeek's summary of it.
    public var connectionState: ConnectionState {
        ConnectionState(
            protocolNumber: protocolNumber,
            states: states,
            hasData: traits.contains(.hasData),
            originatorSent: sourcePackets > 0,
            responderSent: destinationPackets > 0
        )
    }
}

extension ConnectionState {
    /// Of a flow of whichever protocol; `states` are those of TCP, the originator's in the low four bits.
    @inline(__always)
    fileprivate init(
        protocolNumber: UInt8,
        states: UInt8,
        hasData: Bool,
        originatorSent: Bool,
        responderSent: Bool
    ) {
        switch protocolNumber {
        // A SYN and no answer: what scans and floods are made of.
        case 6 where states == TCPEndState.synSent.rawValue: self = .s0
        case 6:
            self.init(
                originator: TCPEndState(rawValue: states & 15) ?? .inactive,
                responder: TCPEndState(rawValue: states >> 4) ?? .inactive,
                isEmpty: !hasData
            )
        case 17: self.init(originatorSent: originatorSent, responderSent: responderSent)
        default: self = .oth
        }
    }
}
