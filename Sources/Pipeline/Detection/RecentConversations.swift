import Addressing
import Flows

/// Conversations that began lately, so that one that is seen in a tunnel and outside of it is judged once.
///
/// Whether two such flows are twins is settled only when they end, and who scans is to be found before. A table without chains: who falls
/// into the place of another takes it, and that other one would be judged twice.
struct RecentConversations {
    private struct Place {
        /// Both ends' addresses and ports, the protocol, who began.
        var source: (UInt64, UInt64) = (0, 0)
        var destination: (UInt64, UInt64) = (0, 0)
        var transport: UInt64 = .max
        var isTunnelled = false
        var began: Int64 = 0
    }

    private var places = [Place](repeating: Place(), count: Self.size)

    /// A power of two.
    static var size: Int { 8192 }
    /// Nanoseconds between the two beginnings.
    static var pause: Int64 { 1_000_000_000 }

    /// Whether a flow that begins is another one's, seen on the other side of a tunnel's end.
    mutating func repeats(_ flow: borrowing Flow) -> Bool {
        let (source, destination) = (flow.sourceBits, flow.destinationBits)
        let ports = UInt64(flow.sourcePort) << 16 | UInt64(flow.destinationPort)
        let transport = UInt64(flow.isIPv6 ? 1 : 0) << 40 | UInt64(flow.protocolNumber) << 32 | ports
        let began = flow.first.nanoseconds
        let index = Self.index(source.low ^ source.high, destination.low ^ destination.high, transport)
        let other = places[index]
        if other.transport == transport, other.source == source, other.destination == destination,
            other.isTunnelled != flow.isTunnelled, began &- other.began <= Self.pause
        {
            return true
        }
        places[index] = Place(
            source: source,
            destination: destination,
            transport: transport,
            isTunnelled: flow.isTunnelled,
            began: began
        )
        return false
    }

    /// The same in every run: what is judged twice must not depend on the seed of a hash.
    private static func index(_ source: UInt64, _ destination: UInt64, _ transport: UInt64) -> Int {
        let ends = source &* 0x9e37_79b9_7f4a_7c15 ^ destination &* 0xbf58_476d_1ce4_e5b9
        let mixed = (ends ^ transport &* 0x94d0_49bb_1331_11eb) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: mixed >> 40) & (size - 1)
    }
}
