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
        let aside = aside(of: number, &book)
        let position: Int
        if let known = book.asides[aside].points.firstIndex(where: { $0.point == context.point && !$0.isTranslated }) {
            position = known
        } else if book.asides[aside].points.count < Aside.limit {
            position = book.asides[aside].points.count
            var count = PointCount(point: context.point, at: context.time)
            count.beyond = FlowEnd(beyond: packet)
            book.asides[aside].points.append(count)
        } else {
            position = Aside.limit - 1
        }
        let silence = unsafe context.time &- entries[number].counters.last
        if silence >= 1_000_000_000, !book.asides[aside].tookOver, book.asides[aside].points[position].canBePrimary {
            takeOver(number, aside, position, &book)
            return true
        }
        book.asides[aside].points[position].add(packet, at: context.time)
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
    private func takeOver(_ number: Int, _ aside: UInt32, _ position: Int, _ book: inout FlowBook) {
        let other = book.asides[aside].points[position]
        book.asides[aside].points[position] = book.asides[aside].marked(primaryCount(number))
        book.asides[aside].translated?.isPrimaryTranslated = false
        book.asides[aside].tookOver = true
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

extension PointCount {
    /// What the primary point of a flow counted.
    init(primary counters: FlowCounters, _ detail: FlowDetail) {
        self.init(point: counters.point, at: detail.first)
        beyond = detail.beyond
        lowPackets = UInt64(counters.lowPackets)
        lowBytes = counters.lowBytes
        highPackets = UInt64(counters.highPackets)
        highBytes = counters.highBytes
        last = Timestamp(nanoseconds: counters.last)
    }

    /// Nothing counted yet.
    init(point: UInt16, at time: Int64) {
        self.point = point
        lowPackets = 0
        lowBytes = 0
        highPackets = 0
        highBytes = 0
        first = Timestamp(nanoseconds: time)
        last = first
        beyond = .unknown
        isTranslated = false
    }

    /// Whether its packets can be counted in 32 bits, and some more.
    fileprivate var canBePrimary: Bool { max(lowPackets, highPackets) < 1 << 31 }

    mutating func add(_ packet: borrowing Packet, at time: Int64) {
        add(packet, fromHigh: packet.flags.contains(.reversed), at: time)
    }

    mutating func add(_ packet: borrowing Packet, fromHigh: Bool, at time: Int64) {
        if fromHigh {
            highPackets += 1
            highBytes += UInt64(packet.length)
        } else {
            lowPackets += 1
            lowBytes += UInt64(packet.length)
        }
        last = Timestamp(nanoseconds: time)
    }
}
