public import Addressing

extension PacketBuilder {
    /// An IP packet; of which version, its ends say. Both must be of one.
    public static func ip(
        _ payload: [UInt8],
        _ protocolNumber: UInt8,
        from source: IPAddress,
        to destination: IPAddress
    ) -> [UInt8] {
        switch (source, destination) {
        case (.v4(let source), .v4(let destination)): ipv4(payload, protocolNumber, from: source, to: destination)
        case (.v6(let source), .v6(let destination)): ipv6(payload, protocolNumber, from: source, to: destination)
        default: preconditionFailure("ends of different versions")
        }
    }

    /// An IPv4 packet, or with an offset or `hasMore` a fragment of one. Offsets count bytes, and are multiples of 8.
    public static func ipv4(
        _ payload: [UInt8],
        _ protocolNumber: UInt8,
        from source: IPv4Address,
        to destination: IPv4Address,
        identification: UInt16 = 1,
        offset: Int = 0,
        hasMore: Bool = false,
        totalLength: Int? = nil
    ) -> [UInt8] {
        let length = UInt16(truncatingIfNeeded: totalLength ?? 20 + payload.count)
        let place = UInt16(offset / 8) | (hasMore ? 0x2000 : 0)
        return [0x45, 0] + word(length) + word(identification) + word(place) + [64, protocolNumber, 0, 0]
            + long(source.bits) + long(destination.bits) + payload
    }

    /// An IPv6 packet.
    public static func ipv6(
        _ payload: [UInt8],
        _ nextHeader: UInt8,
        from source: IPv6Address,
        to destination: IPv6Address
    ) -> [UInt8] {
        [0x60, 0, 0, 0] + word(UInt16(truncatingIfNeeded: payload.count)) + [nextHeader, 64]
            + octets(source.high, count: 8) + octets(source.low, count: 8)
            + octets(destination.high, count: 8) + octets(destination.low, count: 8) + payload
    }

    /// The extension header of an IPv6 fragment (next header 44), and the part of a packet it carries.
    public static func fragment(
        _ part: [UInt8],
        _ nextHeader: UInt8,
        identification: UInt32 = 1,
        offset: Int = 0,
        hasMore: Bool = false
    ) -> [UInt8] {
        [nextHeader, 0] + word(UInt16(offset) | (hasMore ? 1 : 0)) + long(identification) + part
    }
}
