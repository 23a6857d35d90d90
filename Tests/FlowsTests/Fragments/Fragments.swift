import Addressing
import Support

/// A datagram from 10.0.0.1 port 40000 to 10.0.0.2 port 53 in three fragments of 16, 16 and 8 bytes.
enum Fragments {
    private static let datagram = PacketBuilder.udp([UInt8](repeating: 0, count: 32), from: 40_000, to: 53)

    static let first = fragment(0..<16)
    static let middle = fragment(16..<32)
    static let later = fragment(32..<40)

    /// Some bytes of the datagram's 40.
    static func fragment(
        _ bytes: Range<Int>,
        identification: UInt16 = 1,
        from source: UInt32 = 1,
        to destination: UInt32 = 2,
        of datagram: [UInt8] = datagram,
        protocolNumber: UInt8 = 17
    ) -> [UInt8] {
        PacketBuilder.ethernet(
            PacketBuilder.ipv4(
                Array(datagram[bytes]),
                protocolNumber,
                from: IPv4Address(bits: 0x0a00_0000 + source),
                to: IPv4Address(bits: 0x0a00_0000 + destination),
                identification: identification,
                offset: bytes.lowerBound,
                hasMore: bytes.upperBound < datagram.count
            )
        )
    }

    /// The same over IPv6, between fd00::1 and fd00::2.
    static func fragment6(_ bytes: Range<Int>, identification: UInt32 = 1) -> [UInt8] {
        let part = PacketBuilder.fragment(
            Array(datagram[bytes]),
            17,
            identification: identification,
            offset: bytes.lowerBound,
            hasMore: bytes.upperBound < datagram.count
        )
        return PacketBuilder.ethernet(PacketBuilder.ip(part, 44, from: .host6(1), to: .host6(2)))
    }
}
