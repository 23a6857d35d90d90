public import Addressing

/// Writes packets for tests, from the inside out: each function puts a header in front of what it is given.
///
/// Checksums are left out, as nothing here verifies them. Lengths are right unless a test asks for others.
public enum PacketBuilder {
    /// An Ethernet frame; `vlans` are its 802.1Q tags, the outer first.
    public static func ethernet(
        _ payload: [UInt8],
        type: UInt16? = nil,
        from source: UInt64 = 0x0242_0a00_0001,
        to destination: UInt64 = 0x0242_0a00_0002,
        vlans: [UInt16] = []
    ) -> [UInt8] {
        var frame = octets(destination, count: 6) + octets(source, count: 6)
        for vlan in vlans { frame += word(0x8100) + word(vlan) }
        return frame + word(type ?? etherType(of: payload)) + payload
    }

    /// What Ethernet calls an IP packet, by its version.
    /// A Linux cooked frame, version 2, around an IP packet.
    public static func cooked(_ packet: [UInt8], index: UInt32, outgoing: Bool) -> [UInt8] {
        word(etherType(of: packet)) + [0, 0] + long(index) + word(1) + [outgoing ? 4 : 0, 6]
            + [0x02, 0, 0, 0, 0, 9, 0, 0] + packet
    }

    private static func etherType(of packet: [UInt8]) -> UInt16 {
        packet.first.map { $0 >> 4 } == 6 ? 0x86dd : 0x0800
    }

    /// Two bytes, the high one first.
    public static func word(_ value: UInt16) -> [UInt8] { octets(UInt64(value), count: 2) }

    /// Four bytes, the highest first.
    public static func long(_ value: UInt32) -> [UInt8] { octets(UInt64(value), count: 4) }

    /// The low `count` bytes of a number, the highest first.
    public static func octets(_ value: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }
}

extension IPAddress {
    /// 10.0.0.`number`.
    public static func host(_ number: UInt32) -> Self { .v4(IPv4Address(bits: 0x0a00_0000 + number)) }

    /// fd00::`number`.
    public static func host6(_ number: UInt64) -> Self { .v6(IPv6Address(high: 0xfd00_0000_0000_0000, low: number)) }
}
