import Addressing
import Glibc

extension IPAddress {
    /// An address as people write it, read by the C library; nil when it is none.
    init?(text: String) {
        var bits = UInt32(0)
        var octets = InlineArray<16, UInt8>(repeating: 0)
        if unsafe inet_pton(AF_INET, text, &bits) == 1 {
            self = .v4(IPv4Address(bits: UInt32(bigEndian: bits)))
        } else if unsafe inet_pton(AF_INET6, text, &octets) == 1 {
            let halves = [0, 8].map { start in (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(octets[start + $1]) } }
            self = .v6(IPv6Address(high: halves[0], low: halves[1]))
        } else {
            return nil
        }
    }
}
