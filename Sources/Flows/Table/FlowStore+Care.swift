import Addressing
import Wire

/// Packets that need more than counting.
extension FlowStore {
    /// Whether a packet may end the flow it belongs to: a SYN on a connection that was over, or counters near their end.
    @inline(__always)
    func needsCare(_ number: Int, _ packet: borrowing Packet) -> Bool {
        let counters = unsafe entries[number].counters
        if packet.tcpFlags.contains(.syn), Self.isOver(counters.states) { return true }
        return counters.lowPackets == .max || counters.highPackets == .max
    }

    /// Does what is needed; returns whether the packet is dealt with.
    @inline(never)
    func takeCare(
        _ number: Int,
        _ packet: borrowing Packet,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) -> Bool {
        let counters = unsafe entries[number].counters
        if counters.point != context.point {
            if !countElsewhere(packet, number, context, &book) { return true }
        }
        if counters.lowPackets == .max || counters.highPackets == .max {
            cut(number, .active, at: context.time, &book, sink)
        }
        if packet.flags.contains(.hasTransport), packet.tcpFlags.contains(.syn), !packet.tcpFlags.contains(.ack),
            packet.protocolNumber == 6, Self.isOver(counters.states)
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
    func wantsInspection(_ number: Int, _ configuration: FlowConfiguration) -> Bool {
        let counters = unsafe entries[number].counters
        return counters.inspected < configuration.inspections || counters.flags.contains(.isDNS)
    }
}
