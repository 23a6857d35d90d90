import Wire

/// Sequence numbers: what was sent again, and what went missing.
extension TCPTracker {
    /// Moves the sender's next expected sequence number.
    static func trackSequence(
        _ packet: borrowing Packet,
        _ fromHigh: Bool,
        _ state: TCPEndState,
        isResponder: Bool,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail,
        _ tally: inout TCPTally
    ) {
        // What comes with or after a RST is nothing to go by.
        if state == .reset || state == .aborted { return }
        let known: FlowCounters.Flags = fromHigh ? .highSequenceKnown : .lowSequenceKnown
        let hole: FlowCounters.Flags = fromHigh ? .highHole : .lowHole
        let consumed = packet.payloadLength &+ (packet.tcpFlags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
        let end = packet.sequence &+ consumed
        guard counters.flags.contains(known) else {
            counters.flags.insert(known)
            setNext(end, fromHigh, &counters)
            return
        }
        let next = fromHigh ? counters.highNext : counters.lowNext
        if Int32(bitPattern: end &- next) > 0 {
            let length = packet.payloadLength
            let isLast = packet.tcpFlags.contains(.fin)
            if length > 0 || isLast, Int32(bitPattern: packet.sequence &- next) > 0 {
                counters.flags.insert(hole)
            }
            if consumed > 0 { setNext(end, fromHigh, &counters) }
        } else if packet.payloadLength > 0 {
            // A hole may have been filled by this: sent late or sent again, one cannot tell.
            counters.flags.remove(hole)
            tally.note(.retransmission, isResponder: isResponder, &counters, &detail)
        }
    }

    /// Notes bytes of the other end that were acknowledged and never seen: lost by the capture.
    static func trackGap(
        _ packet: borrowing Packet,
        _ fromHigh: Bool,
        isResponder: Bool,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail,
        _ tally: inout TCPTally
    ) {
        let known: FlowCounters.Flags = fromHigh ? .lowSequenceKnown : .highSequenceKnown
        let hole: FlowCounters.Flags = fromHigh ? .lowHole : .highHole
        guard counters.flags.contains(known) else { return }
        let next = fromHigh ? counters.lowNext : counters.highNext
        let ahead = Int32(bitPattern: packet.acknowledgment &- next)
        if ahead > 0 {
            setNext(packet.acknowledgment, !fromHigh, &counters)
        } else if ahead < 0 || !counters.flags.contains(hole) {
            return
        }
        counters.flags.remove(hole)
        tally.note(.gap, isResponder: isResponder, &counters, &detail)
    }

    private static func setNext(_ value: UInt32, _ high: Bool, _ counters: inout FlowCounters) {
        if high { counters.highNext = value } else { counters.lowNext = value }
    }
}
