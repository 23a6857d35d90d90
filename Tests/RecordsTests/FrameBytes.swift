/// Frames as they come off a wire, header by header, outermost last.
enum FrameBytes {
    /// Numbers of 16 bits in network byte order.
    static func words(_ values: UInt16...) -> [UInt8] {
        values.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    static func udp(_ source: UInt16, _ destination: UInt16, _ payload: [UInt8] = []) -> [UInt8] {
        words(source, destination, UInt16(8 + payload.count), 0) + payload
    }

    /// A segment with the flags of RFC 9293: 1 FIN, 2 SYN, 4 RST, 8 PSH, 16 ACK.
    static func tcp(
        _ source: UInt16,
        _ destination: UInt16,
        flags: UInt8,
        sequence: UInt16 = 0,
        acknowledgment: UInt16 = 0,
        _ payload: [UInt8] = []
    ) -> [UInt8] {
        words(source, destination, 0, sequence, 0, acknowledgment) + [0x50, flags] + words(0xffff, 0, 0) + payload
    }

    /// An echo, or whatever the type says.
    static func icmp(type: UInt8, code: UInt8 = 0, _ rest: [UInt8] = [0, 1, 0, 1]) -> [UInt8] {
        [type, code, 0, 0] + rest
    }

    /// Between 10.0.0.`source` and 10.0.0.`destination`.
    static func ipv4(_ number: UInt8, from source: UInt8, to destination: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [0x45, 0] + words(UInt16(20 + payload.count), 0, 0) + [64, number, 0, 0]
            + [10, 0, 0, source, 10, 0, 0, destination] + payload
    }

    /// Between fe80::`source` and fe80::`destination`.
    static func ipv6(_ number: UInt8, from source: UInt8, to destination: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0xfe, 0x80] + [UInt8](repeating: 0, count: 13)
        return [0x60, 0, 0, 0] + words(UInt16(payload.count)) + [number, 255]
            + prefix + [source] + prefix + [destination] + payload
    }

    /// From 02:00:00:00:00:01 to 02:00:00:00:00:02, with VLAN tags, the outer first.
    static func ethernet(_ type: UInt16, vlans: [UInt16] = [], _ payload: [UInt8]) -> [UInt8] {
        [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1] + vlans.flatMap { words(0x8100, $0) } + words(type) + payload
    }

    /// A frame in a VXLAN packet of network `identifier` below 65,536, between 10.0.0.`source` and `destination`.
    static func vxlan(_ identifier: UInt16, from source: UInt8, to destination: UInt8, _ frame: [UInt8]) -> [UInt8] {
        let payload: [UInt8] = [8, 0, 0, 0, 0] + words(identifier) + [0] + frame
        return ethernet(0x0800, ipv4(17, from: source, to: destination, udp(49_152, 4789, payload)))
    }
}
