import Addressing
import Wire

/// An entry as the value that others see.
extension FlowStore {
    /// The flow as it stands. Its twin is settled only when it ends.
    func snapshot(_ number: Int, _ book: borrowing FlowBook) -> Flow {
        let key = unsafe entries[number].key
        let counters = unsafe entries[number].counters
        let detail = unsafe details[number]
        let primary = primaryCount(number)
        var most = primary
        if counters.flags.contains(.hasAside) {
            for point in book.asides[detail.aside].points where point.packets > most.packets { most = point }
        }
        let sourceIsLow = !counters.flags.contains(.initiatorIsHigh)
        let source = key.halves(high: !sourceIsLow)
        let destination = key.halves(high: sourceIsLow)
        let lowMAC = MACAddress(bits: UInt64(detail.lowMACHigh) << 16 | UInt64(detail.lowMACLow))
        let highMAC = MACAddress(bits: UInt64(detail.highMACHigh) << 16 | UInt64(detail.highMACLow))
        let state = connectionState(number, sourceIsLow: sourceIsLow)
        return Flow(
            serial: detail.serial,
            scope: key.scope,
            isIPv6: Key.isIPv6,
            protocolNumber: key.protocolNumber,
            sourceHigh: source.high,
            sourceLow: source.low,
            destinationHigh: destination.high,
            destinationLow: destination.low,
            sourcePort: sourceIsLow ? key.lowPort : key.highPort,
            destinationPort: sourceIsLow ? key.highPort : key.lowPort,
            sourcePackets: sourceIsLow ? most.lowPackets : most.highPackets,
            sourceBytes: sourceIsLow ? most.lowBytes : most.highBytes,
            destinationPackets: sourceIsLow ? most.highPackets : most.lowPackets,
            destinationBytes: sourceIsLow ? most.highBytes : most.lowBytes,
            first: Timestamp(nanoseconds: detail.first),
            last: Timestamp(nanoseconds: latest(number, book)),
            sourceMAC: sourceIsLow ? lowMAC : highMAC,
            destinationMAC: sourceIsLow ? highMAC : lowMAC,
            connectionState: state,
            isEstablished: isEstablished(number),
            isClosed: key.protocolNumber == 6 && TCPTracker.isOver(counters.states),
            flipped: counters.flags.contains(.flipped),
            letters: detail.history,
            historyLength: counters.historyLength,
            applicationProtocol: ApplicationProtocol(rawValue: detail.applicationProtocol) ?? .unknown,
            icmpType: detail.icmpType,
            icmpCode: detail.icmpCode,
            point: counters.point,
            tunnel: detail.tunnel,
            tunnelPort: detail.tunnelPort,
            application: detail.application,
            aside: detail.aside,
            sourceIsLow: sourceIsLow,
            primary: primary,
            endReason: nil,
            twin: nil,
            gain: (most.packets, most.lowBytes + most.highBytes),
            repeatsTwin: false
        )
    }

    private func connectionState(_ number: Int, sourceIsLow: Bool) -> ConnectionState {
        let counters = unsafe entries[number].counters
        let low = TCPEndState(rawValue: counters.states & 15) ?? .inactive
        let high = TCPEndState(rawValue: counters.states >> 4) ?? .inactive
        switch unsafe entries[number].key.protocolNumber {
        case 6:
            let data = HistoryLetter.data.rawValue
            return ConnectionState(
                originator: sourceIsLow ? low : high,
                responder: sourceIsLow ? high : low,
                isEmpty: counters.seen & (data | data << 8) == 0
            )
        case 17:
            let lowSent = counters.lowPackets > 0
            let highSent = counters.highPackets > 0
            return ConnectionState(
                originatorSent: sourceIsLow ? lowSent : highSent,
                responderSent: sourceIsLow ? highSent : lowSent
            )
        default:
            return .oth
        }
    }

    private func isEstablished(_ number: Int) -> Bool {
        let counters = unsafe entries[number].counters
        guard unsafe entries[number].key.protocolNumber == 6 else {
            return counters.lowPackets > 0 && counters.highPackets > 0
        }
        let under = TCPEndState.partial.rawValue
        return counters.states & 15 >= under && counters.states >> 4 >= under
    }
}
