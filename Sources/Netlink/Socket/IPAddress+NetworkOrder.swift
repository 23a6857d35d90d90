import Addressing

extension IPAddress {
    /// An address as it stands in packets and netlink messages: four or sixteen bytes. Nil when there are more or fewer.
    init?(networkOrder bytes: RawSpan) {
        switch bytes.byteCount {
        case 4:
            self = .v4(IPv4Address(bits: UInt32(bigEndian: bytes.load(UInt32.self, at: 0))))
        case 16:
            let high = UInt64(bigEndian: bytes.load(UInt64.self, at: 0))
            self = .v6(IPv6Address(high: high, low: UInt64(bigEndian: bytes.load(UInt64.self, at: 8))))
        default:
            return nil
        }
    }
}
