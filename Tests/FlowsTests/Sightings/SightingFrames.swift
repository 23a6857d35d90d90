import Addressing
import Flows
import Wire

/// Frames for sightings, put together from literals and read by the real dissector.
enum SightingFrames {
    static let hostMAC: [UInt8] = [0x02, 0x42, 0x0a, 0x00, 0x00, 0x02]
    static let routerMAC: [UInt8] = [0x02, 0x42, 0x0a, 0x00, 0x00, 0x01]
    static let host4: [UInt8] = [10, 0, 0, 2]
    static let router4: [UInt8] = [10, 0, 0, 1]
    /// fe80::2 and fe80::1.
    static let host6: [UInt8] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    static let router6: [UInt8] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]

    static func ethernet(_ type: [UInt8], from source: [UInt8] = hostMAC, _ payload: [UInt8]) -> [UInt8] {
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] + source + type + payload
    }

    static func arp(
        _ operation: UInt8,
        _ senderMAC: [UInt8] = hostMAC,
        _ sender: [UInt8] = host4,
        _ targetMAC: [UInt8] = [0, 0, 0, 0, 0, 0],
        _ target: [UInt8] = router4
    ) -> [UInt8] {
        [0, 1, 8, 0, 6, 4, 0, operation] + senderMAC + sender + targetMAC + target
    }

    static func ipv4(
        _ protocolNumber: UInt8,
        from source: [UInt8] = router4,
        to destination: [UInt8] = host4,
        _ payload: [UInt8]
    ) -> [UInt8] {
        [0x45, 0] + word(20 + payload.count) + [0, 1, 0, 0, 64, protocolNumber, 0, 0] + source + destination + payload
    }

    static func ipv6(
        _ next: UInt8,
        from source: [UInt8] = router6,
        to destination: [UInt8] = host6,
        hopLimit: UInt8 = 255,
        _ payload: [UInt8]
    ) -> [UInt8] {
        [0x60, 0, 0, 0] + word(payload.count) + [next, hopLimit] + source + destination + payload
    }

    static func udp(_ source: Int, _ destination: Int, _ payload: [UInt8]) -> [UInt8] {
        word(source) + word(destination) + word(8 + payload.count) + [0, 0] + payload
    }

    static func word(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    /// An ARP request in its frame; `host` is the last octet of the sender.
    static func request(from host: UInt8 = 2) -> [UInt8] {
        ethernet([0x08, 0x06], arp(1, hostMAC, [10, 0, 0, host]))
    }

    static let routerAdvertisement = ethernet(
        [0x86, 0xdd],
        from: routerMAC,
        ipv6(
            58,
            [134, 0, 0, 0, 64, 0, 0x07, 0x08, 0, 0, 0, 0, 0, 0, 0, 0]  // offers itself for 1800 s
                + [1, 1] + routerMAC  // source link-layer address
                + [3, 4, 64, 0x40, 0, 0, 0x0e, 0x10, 0, 0, 0, 0, 0, 0, 0, 0]  // autonomous, valid for 3600 s
                + [0xfd, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]  // fd00:0:0:1::/64
        )
    )

    /// An answer to a DHCP client: message `type`, giving 10.0.0.2.
    static func lease(_ type: UInt8, transaction: UInt8 = 7, name: String = "web") -> [UInt8] {
        var message: [UInt8] = [2, 1, 6, 0, 0, 0, 0, transaction, 0, transaction, 0, 0]
        message += [0, 0, 0, 0] + host4 + router4 + [0, 0, 0, 0]
        message += hostMAC + [UInt8](repeating: 0, count: 10 + 64 + 128) + [0x63, 0x82, 0x53, 0x63]
        message += [53, 1, type, 54, 4] + router4 + [12, UInt8(name.utf8.count)] + Array(name.utf8) + [255]
        return ethernet([0x08, 0x00], from: routerMAC, ipv4(17, udp(67, 68, message)))
    }

    /// A closed UDP port: the router says that 10.0.0.2 could not reach 10.0.0.9, port 53.
    static func unreachable(sourcePort: Int = 40_000) -> [UInt8] {
        let quoted = ipv4(17, from: host4, to: [10, 0, 0, 9], udp(sourcePort, 53, []))
        return ethernet([0x08, 0x00], from: routerMAC, ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0] + quoted))
    }

    /// What the dissector makes of a frame.
    static func packet(_ bytes: [UInt8], linkType: UInt16 = 1) -> Packet {
        let length = UInt32(bytes.count)
        let frames = [
            Frame(
                offset: 0,
                time: Timestamp(nanoseconds: 0),
                capturedLength: length,
                wireLength: length,
                interface: 0,
                linkType: linkType
            )
        ]
        var dissector = Dissector()
        var packets = PacketBatch()
        dissector.dissect(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span), into: &packets)
        return packets[0]
    }

    /// What a frame tells, at 1 s in scope 5 and at point 3.
    static func sighting(_ bytes: [UInt8], linkType: UInt16 = 1) -> Sighting? {
        sighting(packet(bytes, linkType: linkType), bytes)
    }

    static func sighting(_ packet: Packet, _ bytes: [UInt8]) -> Sighting? {
        unsafe Sighting(
            packet,
            frame: bytes.span.bytes,
            scope: 5,
            point: 3,
            time: Timestamp(nanoseconds: 1_000_000_000)
        )
    }
}
