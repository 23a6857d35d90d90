import Addressing
import Flows

/// Conversations that began lately, so that one that is seen in a tunnel and outside of it is judged once.
///
/// Whether two such flows are twins is settled only when they end, and who scans is to be found before. A table without chains: who falls
/// into the place of another takes it, and that other one would be judged twice. Of use where there are tunnels at all.
struct RecentConversations {
    private struct Place {
        /// Of both ends' addresses and ports, the protocol, and who began.
        var print: UInt32 = 0
        /// When it began, in milliseconds, modulo 2³²; the last bit: whether it was seen in a tunnel.
        var began: UInt32 = 0
    }

    private var places = [Place](repeating: Place(), count: Self.size)
    /// Whom of two to judge is nobody's to choose from outside.
    private let secret = UInt64.random(in: 1 ... .max)

    /// A power of two.
    static var size: Int { 8192 }
    /// Milliseconds between the two beginnings.
    static var pause: UInt32 { 1000 }

    /// Whether a flow that begins is another one's, seen on the other side of a tunnel's end.
    mutating func repeats(_ flow: FlowOutline) -> Bool {
        let (source, destination) = (flow.sourceBits, flow.destinationBits)
        let ports = UInt64(flow.sourcePort) << 16 | UInt64(flow.destinationPort)
        let transport = UInt64(flow.isIPv6 ? 1 : 0) << 40 | UInt64(flow.protocolNumber) << 32 | ports
        // The same in every run: what is judged twice must not depend on the seed of a hash.
        let place = Self.mixed(
            Self.mixed(Self.mixed(transport, source.low ^ source.high), destination.low),
            destination.high
        )
        let mixed = Self.mixed(Self.mixed(place ^ secret, source.low), destination.low ^ transport)
        let print = UInt32(truncatingIfNeeded: mixed) | 1
        let index = Int(truncatingIfNeeded: place >> 40) & (Self.size - 1)
        let milliseconds = UInt32(truncatingIfNeeded: flow.first.nanoseconds / 1_000_000)
        let began = milliseconds & ~1 | (flow.isTunnelled ? 1 : 0)
        let other = places[index]
        if other.print == print, (other.began ^ began) & 1 == 1, began &- other.began <= Self.pause { return true }
        places[index] = Place(print: print, began: began)
        return false
    }

    @inline(__always)
    private static func mixed(_ state: UInt64, _ value: UInt64) -> UInt64 {
        let product = (state ^ value ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xbf58_476d_1ce4_e5b9)
        return product.high ^ product.low
    }
}
