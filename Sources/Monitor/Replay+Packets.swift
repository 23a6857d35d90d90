package import Pipeline

/// Packets besides what follows from them.
extension Replay {
    /// From now on hands the packets of flows that it wants to `tap`.
    package mutating func hand(packetsTo tap: any PacketTap) { pipeline.tap = tap }
}
