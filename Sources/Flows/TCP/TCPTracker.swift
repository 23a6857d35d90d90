import Wire

/// Follows a TCP connection from what its packets show: states, sequence numbers, history.
///
/// `observe` is the common case and stays small; everything that happens a few times in a connection's life is in
/// `change`.
enum TCPTracker {
    /// Takes note of a packet seen at the flow's primary point. Both ends' counters are up to date already.
    @inline(__always)
    static func observe(
        _ packet: borrowing Packet,
        _ counters: inout FlowCounters,
        _ detail: UnsafeMutablePointer<FlowDetail>,
        _ tally: inout TCPTally
    ) {
        let fromHigh = packet.flags.contains(.reversed)
        let length = packet.payloadLength
        let sequence = packet.sequence
        let state = fromHigh ? counters.states >> 4 : counters.states & 15
        let seen = fromHigh ? counters.seen >> 8 : counters.seen
        let wanted = length > 0 ? HistoryLetter.data.rawValue : HistoryLetter.ack.rawValue
        let next = fromHigh ? counters.highNext : counters.lowNext
        let other = fromHigh ? counters.lowNext : counters.highNext
        let control = packet.tcpFlags.rawValue & 0x17
        // Nothing new: an ACK without SYN, FIN or RST, in order, of a kind seen before, by an end that is under way.
        if control == TCPFlags.ack.rawValue, state == TCPEndState.established.rawValue, seen & wanted != 0,
            length == 0 || sequence == next, Int32(bitPattern: packet.acknowledgment &- other) <= 0,
            packet.window != 0,
            counters.flags.isDisjoint(with: [.lowHole, .highHole])
        {
            let end = sequence &+ length
            if length > 0 {
                if fromHigh { counters.highNext = end } else { counters.lowNext = end }
            }
            return
        }
        unsafe change(packet, &counters, &detail.pointee, &tally)
    }

    /// Everything else.
    @inline(never)
    static func change(
        _ packet: borrowing Packet,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail,
        _ tally: inout TCPTally
    ) {
        let fromHigh = packet.flags.contains(.reversed)
        let isOriginator = fromHigh == counters.flags.contains(.initiatorIsHigh)
        let flags = packet.tcpFlags
        let caseBit: UInt8 = isOriginator ? 0 : 0x20
        noteLetters(packet, fromHigh, caseBit, &counters, &detail)
        if fromHigh { detail.highFlags.formUnion(flags) } else { detail.lowFlags.formUnion(flags) }

        let mine = TCPEndState(rawValue: fromHigh ? counters.states >> 4 : counters.states & 15) ?? .inactive
        let theirs = TCPEndState(rawValue: fromHigh ? counters.states & 15 : counters.states >> 4) ?? .inactive
        var (me, peer) = transition(mine, theirs, flags, packet.payloadLength, isOriginator: isOriginator)

        trackSequence(packet, fromHigh, me, caseBit, &counters, &detail, &tally)
        if flags.contains(.ack), theirs != .inactive, !flags.contains(.rst) {
            trackGap(packet, fromHigh, caseBit ^ 0x20, &counters, &detail, &tally)
        }
        if packet.window == 0, !flags.contains(.rst), mine != .inactive {
            tally.note(.zeroWindow, caseBit, serial: detail.serial, &counters, &detail)
        }
        if !fromHigh { swap(&me, &peer) }
        // After the swap, `me` is the high end.
        counters.states = me.rawValue << 4 | peer.rawValue
    }

    private static func noteLetters(
        _ packet: borrowing Packet,
        _ fromHigh: Bool,
        _ caseBit: UInt8,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail
    ) {
        func note(_ letter: HistoryLetter) {
            let bit = fromHigh ? letter.rawValue << 8 : letter.rawValue
            if counters.seen & bit != 0 { return }
            counters.seen |= bit
            detail.append(letter.character | caseBit, &counters)
        }
        let flags = packet.tcpFlags
        let syn = flags.contains(.syn)
        let fin = flags.contains(.fin)
        let rst = flags.contains(.rst)
        if syn, fin || rst { note(.multiFlag) }
        if fin, rst { note(.inconsistent) }
        if syn { note(flags.contains(.ack) ? .synAck : .syn) }
        if packet.payloadLength > 0 {
            note(.data)
        } else if flags.contains(.ack), !syn, !fin, !rst {
            note(.ack)
        }
        if fin { note(.fin) }
        if rst { note(.rst) }
    }

    /// What both ends' states become.
    private static func transition(
        _ mine: TCPEndState,
        _ theirs: TCPEndState,
        _ flags: TCPFlags,
        _ length: UInt32,
        isOriginator: Bool
    ) -> (TCPEndState, TCPEndState) {
        switch mine {
        case .closed, .reset:
            return (mine, theirs)
        case .inactive:
            if flags.contains(.rst) {
                // An originator that only ever sent a RST tells nothing; a responder's is an answer to what we missed.
                return (isOriginator && theirs == .inactive ? .inactive : .reset, theirs)
            }
            if flags.contains(.syn) {
                guard flags.contains(.ack) else { return (flags.contains(.fin) ? .closed : .synSent, theirs) }
                return theirs == .synSent ? (.established, .established) : (.synAckSent, theirs)
            }
            return (flags.contains(.fin) ? .closed : .partial, theirs)
        case .synSent, .synAckSent, .partial, .established:
            if flags.contains(.rst) { return (.reset, theirs) }
            if flags.contains(.fin) { return (.closed, theirs) }
            // Simultaneous open: both have sent a SYN, and one now acknowledges the other's.
            if flags.contains([.syn, .ack]), mine == .synSent, theirs == .synSent { return (.established, .established) }
            return (mine, theirs)
        }
    }
}
