import Addressing
import Glibc

extension IPAddress {
    /// An address as people write it, read by the C library; all zeros when it is none.
    static func text(_ text: some StringProtocol) -> Self {
        var bits = UInt32(0)
        var octets = InlineArray<16, UInt8>(repeating: 0)
        if unsafe inet_pton(AF_INET, String(text), &bits) == 1 {
            return .v4(IPv4Address(bits: UInt32(bigEndian: bits)))
        }
        _ = unsafe inet_pton(AF_INET6, String(text), &octets)
        let halves = [0, 8].map { start in (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(octets[start + $1]) } }
        return .v6(IPv6Address(high: halves[0], low: halves[1]))
    }
}
