/// One conversation between pods, as its beginner saw it: what a monitor must tell of.
struct Exchange: Decodable, Sendable {
    /// The name of the pod that began.
    var pod: String
    /// Absent when it never got so far.
    var sourceAddress: String?
    var sourcePort: UInt16?
    /// Whom it talked to.
    var address: String
    var port: UInt16
    /// `tcp` or `udp`.
    var `protocol`: TransportProtocol
    /// When it was about to send its first packet, in nanoseconds since 1970.
    var time: Int64
    /// Bytes that came back.
    var received: Int
    /// Why it failed, where it did.
    var failure: String?
    /// Seconds from before its first packet to its end.
    var took: Double

    enum TransportProtocol: String, Codable, Sendable {
        case tcp, udp
    }
}
