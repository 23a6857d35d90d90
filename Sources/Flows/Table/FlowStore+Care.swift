import Addressing
import Wire

/// Packets that need more than counting.
extension FlowStore {
    /// Whether a packet may end the flow it belongs to: a SYN on a connection that was over, or counters near their end.
    @inline(__always)
    func needsCare(_ number: Int, _ packet: borrowing Packet) -> Bool {
        // Field by field: a copy of counters just written would wait for the writes.
        let entry = unsafe entries + number
        if packet.tcpFlags.contains(.syn), unsafe TCPTracker.isOver(entry.pointee.counters.states) { return true }
        let low = unsafe entry.pointee.counters.lowPackets
        let high = unsafe entry.pointee.counters.highPackets
        return (low | high) & 0x8000_0000 != 0
    }

    /// Does what is needed; returns whether the packet is dealt with.
    @inline(never)
    mutating func takeCare(
        _ number: Int,
        _ packet: borrowing Packet,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) -> Bool {
        let point = unsafe entries[number].counters.point
        if point == Self.stubPoint {
            forward(packet, number, context, &book, sink)
            return true
        }
        if point != context.point, !countElsewhere(packet, number, context, &book) { return true }
        let counters = unsafe entries[number].counters
        if (counters.lowPackets | counters.highPackets) & 0x8000_0000 != 0 {
            cut(number, .active, at: context.time, &book, sink)
        }
        if packet.flags.contains(.hasTransport), packet.tcpFlags.contains(.syn), !packet.tcpFlags.contains(.ack),
            packet.protocolNumber == 6, TCPTracker.isOver(counters.states)
        {
            restart(
                number,
                initiatorIsHigh: packet.flags.contains(.reversed),
                at: context.time,
                &book,
                sink
            )
        }
        return false
    }

    /// Whether a payload is worth a look: one of the first, or of a flow whose every answer counts.
    @inline(__always)
    func wantsInspection(_ number: Int) -> Bool {
        let entry = unsafe entries + number
        let inspected = unsafe entry.pointee.counters.inspected
        let flags = unsafe entry.pointee.counters.flags
        return inspected < configuration.inspections || flags.contains(.isDNS)
    }
}
