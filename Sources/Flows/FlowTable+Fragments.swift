import Addressing
import Wire

/// Fragments, which have to find their datagram first.
extension FlowTable {
    /// A fragment: first the datagram, then the flow.
    @inline(never)
    mutating func countFragment(
        _ packet: borrowing Packet,
        _ place: PacketPlace,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ sink: any FlowSink
    ) {
        if packet.flags.contains(.firstFragment) {
            let held = fragments.first(packet, scope: place.scope, at: now)
            countOne(packet, place, now, index, batch, sink)
            for fragment in held {
                var late = fragment.packet
                late.setPorts(packet.ports, seed)
                countOne(late, PacketPlace(scope: place.scope, point: fragment.point), now, index, batch, sink)
            }
            return
        }
        var later = copy packet
        // Ports mean something only where the transport has any.
        guard Self.hasPorts(packet.protocolNumber) else {
            countOne(later, place, now, index, batch, sink)
            return
        }
        switch fragments.later(packet, scope: place.scope, point: place.point, at: now) {
        case .held: return
        case .ports(let ports): later.setPorts(ports, seed)
        case .overflow: book.counters.fragmentOverflows += 1
        }
        countOne(later, place, now, index, batch, sink)
    }

    private mutating func countOne(
        _ packet: borrowing Packet,
        _ place: PacketPlace,
        _ time: Int64,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ sink: any FlowSink
    ) {
        var one = copy packet
        if packet.flags.contains(.ipv4) {
            unsafe Self.count(&one, place, time, index, batch, &ipv4, &book, sink)
        } else {
            unsafe Self.count(&one, place, time, index, batch, &ipv6, &book, sink)
        }
    }

    /// Counts a fragment whose first never came; its frame is gone.
    mutating func countOrphan(_ orphan: FragmentTable.HeldFragment, at time: Int64, _ sink: any FlowSink) {
        let frame = Frame(
            offset: 0,
            time: Timestamp(nanoseconds: time),
            capturedLength: 0,
            wireLength: 0,
            interface: 0,
            linkType: 0
        )
        let frames = InlineArray<1, Frame>(repeating: frame)
        let bytes = InlineArray<1, UInt8>(repeating: 0)
        let batch = unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span)
        countOne(orphan.packet, PacketPlace(scope: orphan.scope, point: orphan.point), time, 0, batch, sink)
    }
}
