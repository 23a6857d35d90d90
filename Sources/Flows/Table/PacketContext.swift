import Addressing

/// What a packet's update needs besides the packet: its frame, its place and its time.
struct PacketContext: ~Escapable {
    /// The whole frame as captured.
    let frame: RawSpan
    /// Packet time in nanoseconds, never before that of an earlier packet.
    let time: Int64
    /// Its whole second.
    let second: Int64
    /// Where it was seen.
    let point: UInt16

    @_lifetime(copy frame)
    init(frame: RawSpan, time: Int64, second: Int64, point: UInt16) {
        self.frame = frame
        self.time = time
        self.second = second
        self.point = point
    }
}
