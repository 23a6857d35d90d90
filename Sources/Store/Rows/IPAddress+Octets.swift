import Addressing

extension IPAddress {
    /// Four octets or sixteen, as they are on the wire: how addresses are stored.
    var octets: [UInt8] {
        switch self {
        case .v4(let address):
            return (0..<4).map { UInt8(truncatingIfNeeded: address.bits >> UInt32(24 - $0 * 8)) }
        case .v6(let address):
            return (0..<16).map { place in
                UInt8(truncatingIfNeeded: (place < 8 ? address.high : address.low) >> UInt64(56 - place % 8 * 8))
            }
        }
    }

    /// Nil for any other number of octets.
    init?(octets: some Collection<UInt8>) {
        switch octets.count {
        case 4: self = .v4(IPv4Address(bits: octets.reduce(0) { $0 << 8 | UInt32($1) }))
        case 16:
            let high = octets.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let low = octets.dropFirst(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            self = .v6(IPv6Address(high: high, low: low))
        default: return nil
        }
    }
}
