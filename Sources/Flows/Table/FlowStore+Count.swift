import Addressing
import Wire

/// A packet that belongs to a flow.
extension FlowStore {
    /// Counts a packet seen at its flow's primary point. The caller has found or begun the flow.
    @inline(__always)
    mutating func count(
        _ packet: UnsafePointer<Packet>,
        _ number: Int,
        _ time: Int64,
        _ book: inout FlowBook
    ) {
        let entry = unsafe entries + number
        let fromHigh = unsafe packet.pointee.flags.contains(.reversed)
        if fromHigh {
            unsafe entry.pointee.counters.highPackets &+= 1
            unsafe entry.pointee.counters.highBytes &+= UInt64(packet.pointee.length)
        } else {
            unsafe entry.pointee.counters.lowPackets &+= 1
            unsafe entry.pointee.counters.lowBytes &+= UInt64(packet.pointee.length)
        }
        unsafe entry.pointee.counters.last = time
        if unsafe packet.pointee.protocolNumber == 6 {
            if unsafe packet.pointee.flags.contains(.hasTransport) {
                let isOver = unsafe TCPTracker.observe(packet, &entry.pointee.counters, details + number, &book.tally)
                if isOver { hasten(number, at: time, configuration) }
            }
        } else {
            let bit = fromHigh ? HistoryLetter.data.rawValue << 8 : HistoryLetter.data.rawValue
            if unsafe entry.pointee.counters.seen & bit == 0 { noteDatagram(number, bit, fromHigh) }
        }
    }

    @inline(never)
    private func noteDatagram(_ number: Int, _ bit: UInt16, _ fromHigh: Bool) {
        unsafe entries[number].counters.seen |= bit
        // Only UDP has a history of its own in Zeek; ICMP and the rest have none.
        guard unsafe entries[number].key.protocolNumber == 17 else { return }
        let isOriginator = unsafe fromHigh == entries[number].counters.flags.contains(.initiatorIsHigh)
        let code = HistoryLetter.data.code(isResponder: !isOriginator)
        unsafe details[number].history.append(code, length: &entries[number].counters.historyLength)
    }

    /// Counts a packet seen elsewhere than at the primary point, where it changes nothing but what that point counted; returns
    /// whether it was so.
    ///
    /// On a host most packets are seen at two or three places, so this is as frequent as `count`.
    @inline(never)
    func countAgain(
        _ packet: UnsafePointer<Packet>,
        _ number: Int,
        _ point: UInt16,
        _ time: Int64,
        _ book: inout FlowBook
    ) -> Bool {
        let detail = unsafe details + number
        // A stub has none.
        let aside = book.asides.find(point, of: unsafe detail.pointee.aside)
        guard aside != 0, unsafe time &- entries[number].counters.last < Self.patience,
            unsafe packet.pointee.tunnels.isEmpty || detail.pointee.tunnel != 0
        else { return false }
        let fromHigh = unsafe packet.pointee.flags.contains(.reversed)
        unsafe book.asides[aside].count.add(packet.pointee.length, fromHigh: fromHigh, at: time)
        return true
    }

    /// How long the primary point may be silent before another one takes over, in nanoseconds.
    private static var patience: Int64 { 1_000_000_000 }

    /// Counts a packet seen elsewhere than at the primary point; that point takes over when the primary has been silent
    /// for a second. Returns whether it did.
    @inline(never)
    func countElsewhere(
        _ packet: borrowing Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook
    ) -> Bool {
        if unsafe details[number].tunnel == 0, !packet.tunnels.isEmpty { learnTunnel(packet, number, context, &book) }
        let first = aside(of: number, &book)
        var aside = book.asides.find(context.point, of: first)
        if aside == 0 {
            var count = PointCount(point: context.point, at: context.time)
            count.beyond = FlowEnd(beyond: packet)
            aside = book.asides.append(count, to: first).number
        }
        let silence = unsafe context.time &- entries[number].counters.last
        if silence >= Self.patience, !book.asides[first].flags.contains(.tookOver),
            book.asides[aside].count.canBePrimary
        {
            takeOver(number, first, aside, &book)
            return true
        }
        book.asides[aside].count.add(packet.length, fromHigh: packet.flags.contains(.reversed), at: context.time)
        return false
    }

    /// A flow that began bare, in the scope that its tunnel is part of, shows the tunnel all the same.
    private func learnTunnel(
        _ packet: borrowing Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook
    ) {
        unsafe details[number].tunnel = book.tunnels.number(of: Tunnel(packet, context.frame))
        unsafe details[number].tunnelPort = UInt16(truncatingIfNeeded: packet.outerPorts >> 16)
        // What began on a cooked capture has no hardware addresses, and the frame in the tunnel has.
        if unsafe details[number].lowMAC.isZero, unsafe details[number].highMAC.isZero {
            unsafe rememberHardware(packet, context.frame, &details[number])
        }
    }

    /// The flow's entry in the side table, made when there is none.
    func aside(of number: Int, _ book: inout FlowBook) -> UInt32 {
        if unsafe details[number].aside == 0 {
            unsafe details[number].aside = book.asides.make()
            unsafe entries[number].counters.flags.insert(.hasAside)
        }
        return unsafe details[number].aside
    }

    /// Swaps the primary point's counters with those of another point.
    private func takeOver(_ number: Int, _ first: UInt32, _ aside: UInt32, _ book: inout FlowBook) {
        let other = book.asides[aside].count
        book.asides[aside].count = book.asides.marked(primaryCount(number), first)
        book.asides[first].flags.remove(.isPrimaryTranslated)
        book.asides[first].flags.insert(.tookOver)
        unsafe entries[number].counters.point = other.point
        unsafe details[number].beyond = other.beyond
        unsafe entries[number].counters.lowPackets = UInt32(truncatingIfNeeded: other.lowPackets)
        unsafe entries[number].counters.highPackets = UInt32(truncatingIfNeeded: other.highPackets)
        unsafe entries[number].counters.lowBytes = other.lowBytes
        unsafe entries[number].counters.highBytes = other.highBytes
        // Sequence numbers of the old point say nothing about what the new one missed.
        unsafe entries[number].counters.flags.subtract([.lowSequenceKnown, .highSequenceKnown, .lowHole, .highHole])
    }

    /// What the primary point counted.
    func primaryCount(_ number: Int) -> PointCount {
        unsafe PointCount(primary: entries[number].counters, details[number])
    }
}
