import Addressing
import Wire

/// Whether somebody answers: what a scan fails in.
extension FlowStore {
    /// Whether a packet that was just counted is the first of its flow's responder.
    @inline(__always)
    func isFirstAnswer(_ number: Int, _ packet: borrowing Packet) -> Bool {
        // Field by field: a copy of counters just written would wait for the writes.
        let entry = unsafe entries + number
        let fromHigh = packet.flags.contains(.reversed)
        let count = unsafe fromHigh ? entry.pointee.counters.highPackets : entry.pointee.counters.lowPackets
        return count == 1 && (unsafe entry.pointee.counters.flags.contains(.initiatorIsHigh) != fromHigh)
    }

    @inline(never)
    func tellAnswer(_ number: Int, _ packet: borrowing Packet, at time: Int64, _ sink: any FlowSink) {
        // No other protocol's packets have TCP flags.
        let isRefusal = packet.tcpFlags.contains(.rst)
        unsafe sink.answered(
            serial: details[number].serial,
            isRefusal: isRefusal,
            at: Timestamp(nanoseconds: time)
        )
    }
}
