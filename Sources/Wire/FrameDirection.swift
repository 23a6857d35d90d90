/// Which way a frame passed the interface that saw it, when the capture tells: cooked ones do.
@frozen public enum FrameDirection: UInt8, Sendable, BitwiseCopyable {
    case unknown
    /// It came in: whoever sent it is beyond the interface.
    case incoming
    /// It went out: whoever it is for is beyond the interface.
    case outgoing

    /// From `sll_pkttype` of packet(7): PACKET_OUTGOING is 4, the rest came in.
    @inlinable init(packetType: UInt8) {
        self = packetType == 4 ? .outgoing : .incoming
    }
}
