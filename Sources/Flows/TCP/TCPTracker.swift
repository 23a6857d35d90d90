import Wire

/// Follows a TCP connection from what its packets show: states, sequence numbers, history.
///
/// `observe` is the common case and stays small; everything that happens a few times in a connection's life is in
/// `change`.
enum TCPTracker {
    /// Takes note of a packet seen at the flow's primary point; returns whether the connection is over by it.
    ///
    /// Both ends' counters are up to date already.
    @inline(__always)
    static func observe(
        _ packet: UnsafePointer<Packet>,
        _ counters: inout FlowCounters,
        _ detail: UnsafeMutablePointer<FlowDetail>,
        _ tally: inout TCPTally
    ) -> Bool {
        let fromHigh = unsafe packet.pointee.flags.contains(.reversed)
        let length = unsafe packet.pointee.payloadLength
        let sequence = unsafe packet.pointee.sequence
        let state = fromHigh ? counters.states >> 4 : counters.states & 15
        let seen = fromHigh ? counters.seen >> 8 : counters.seen
        let wanted = length > 0 ? HistoryLetter.data.rawValue : HistoryLetter.ack.rawValue
        let next = fromHigh ? counters.highNext : counters.lowNext
        let other = fromHigh ? counters.lowNext : counters.highNext
        let control = unsafe packet.pointee.tcpFlags.rawValue & 0x17
        // Nothing new: an ACK without SYN, FIN or RST, in order, of a kind seen before, by an end that is under way.
        if control == TCPFlags.ack.rawValue, state == TCPEndState.established.rawValue, seen & wanted != 0,
            length == 0 || sequence == next, unsafe Int32(bitPattern: packet.pointee.acknowledgment &- other) <= 0,
            unsafe packet.pointee.window != 0,
            counters.flags.isDisjoint(with: [.lowHole, .highHole])
        {
            let end = sequence &+ length
            if length > 0 {
                if fromHigh { counters.highNext = end } else { counters.lowNext = end }
            }
            return false
        }
        if control == TCPFlags.syn.rawValue, counters.states == 0, length == 0, unsafe packet.pointee.window != 0 {
            let isResponder = fromHigh != counters.flags.contains(.initiatorIsHigh)
            unsafe open(sequence, fromHigh, isResponder: isResponder, &counters, &detail.pointee)
            return false
        }
        let wasOver = isOver(counters.states)
        unsafe change(packet.pointee, &counters, &detail.pointee, &tally)
        return !wasOver && isOver(counters.states)
    }

    /// Whether nothing more is to come: both said goodbye, or one hung up.
    @inline(__always)
    static func isOver(_ states: UInt8) -> Bool {
        let closed = TCPEndState.closed.rawValue
        let reset = TCPEndState.reset.rawValue
        return states & 15 >= reset || states >> 4 >= reset || states == closed << 4 | closed
    }

    /// The SYN that begins a connection: as `change` would take it, and the most frequent change of all.
    @inline(never)
    private static func open(
        _ sequence: UInt32,
        _ fromHigh: Bool,
        isResponder: Bool,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail
    ) {
        let letter = HistoryLetter.syn
        detail.history.append(letter.code(isResponder: isResponder), length: &counters.historyLength)
        if fromHigh {
            counters.seen |= letter.rawValue << 8
            counters.states = TCPEndState.synSent.rawValue << 4
            counters.highNext = sequence &+ 1
            counters.flags.insert(.highSequenceKnown)
        } else {
            counters.seen |= letter.rawValue
            counters.states = TCPEndState.synSent.rawValue
            counters.lowNext = sequence &+ 1
            counters.flags.insert(.lowSequenceKnown)
        }
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
        noteLetters(packet, fromHigh, isResponder: !isOriginator, &counters, &detail)

        let mine = TCPEndState(rawValue: fromHigh ? counters.states >> 4 : counters.states & 15) ?? .inactive
        let theirs = TCPEndState(rawValue: fromHigh ? counters.states & 15 : counters.states >> 4) ?? .inactive
        var (me, peer) = transition(mine, theirs, flags, packet.payloadLength, isOriginator: isOriginator)

        trackSequence(packet, fromHigh, me, isResponder: !isOriginator, &counters, &detail, &tally)
        if flags.contains(.ack), theirs != .inactive, !flags.contains(.rst) {
            trackGap(packet, fromHigh, isResponder: isOriginator, &counters, &detail, &tally)
        }
        if packet.window == 0, !flags.contains(.rst), mine != .inactive {
            tally.note(.zeroWindow, isResponder: !isOriginator, &counters, &detail)
        }
        if !fromHigh { swap(&me, &peer) }
        // After the swap, `me` is the high end.
        counters.states = me.rawValue << 4 | peer.rawValue
    }

    private static func noteLetters(
        _ packet: borrowing Packet,
        _ fromHigh: Bool,
        isResponder: Bool,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail
    ) {
        func note(_ letter: HistoryLetter) {
            let bit = fromHigh ? letter.rawValue << 8 : letter.rawValue
            if counters.seen & bit != 0 { return }
            counters.seen |= bit
            detail.history.append(letter.code(isResponder: isResponder), length: &counters.historyLength)
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
        case .reset, .aborted:
            return (mine, theirs)
        case .closed:
            // A RST after both have said goodbye changes nothing any more.
            return (flags.contains(.rst) && theirs != .closed ? .aborted : mine, theirs)
        case .inactive:
            if flags.contains(.rst) {
                // An originator that only ever sent a RST tells nothing; a responder's is an answer to what we missed.
                return (isOriginator && theirs == .inactive ? .inactive : .reset, theirs)
            }
            if flags.contains(.syn) {
                guard flags.contains(.ack) else { return (flags.contains(.fin) ? .closed : .synSent, theirs) }
                return theirs == .synSent ? (.established, .established) : (.synAckSent, theirs)
            }
            if flags.contains(.fin) { return (.closed, theirs) }
            // It answers a SYN-ACK, so its SYN was there and only we missed it.
            if flags.contains(.ack), theirs == .synAckSent { return (.established, .established) }
            return (.partial, theirs)
        case .synSent, .synAckSent, .partial, .established:
            if flags.contains(.rst) { return (.reset, theirs) }
            // Who hung up after a FIN and gets the other's FIN after all has closed in order.
            if flags.contains(.fin) { return (.closed, theirs == .aborted ? .closed : theirs) }
            // Simultaneous open: both have sent a SYN, and one now acknowledges the other's.
            if flags.contains([.syn, .ack]), mine == .synSent, theirs == .synSent {
                return (.established, .established)
            }
            return (mine, theirs)
        }
    }
}
