import Addressing

/// What a packet's update needs besides the packet: its frame, its place and time, and the settings.
struct PacketContext: ~Escapable {
    /// The whole frame as captured.
    let frame: RawSpan
    /// Packet time in nanoseconds, never before that of an earlier packet.
    let time: Int64
    /// Its whole second.
    let second: Int64
    /// Where it was seen.
    let point: UInt16
    let configuration: FlowConfiguration

    @_lifetime(copy frame)
    init(frame: RawSpan, time: Int64, second: Int64, point: UInt16, configuration: FlowConfiguration) {
        self.frame = frame
        self.time = time
        self.second = second
        self.point = point
        self.configuration = configuration
    }
}
