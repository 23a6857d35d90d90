import Addressing

@testable import Wire

/// Frames and packets put together from the inside out, and what the dissector makes of them.
enum TestFrame {
    /// 10.0.0.2:40000 to 10.0.0.1:80, a SYN.
    static let tcp: [UInt8] = ipv4(6, tcpSegment())
    /// fd00::2 to fd00::1, the same ports.
    static let tcp6: [UInt8] = ipv6(6, tcpSegment())

    static func word(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2] + word(type) + payload
    }

    static func ipv4(_ next: UInt8, id: Int = 1, fragment: Int = 0, _ payload: [UInt8]) -> [UInt8] {
        [0x45, 0] + word(20 + payload.count) + word(id) + word(fragment) + [64, next, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1]
            + payload
    }

    static func ipv6(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        return [0x60, 0, 0, 0] + word(payload.count) + [next, 64] + prefix + [2] + prefix + [1] + payload
    }

    static func tcpSegment(from source: Int = 40000, to destination: Int = 80, _ payload: [UInt8] = []) -> [UInt8] {
        word(source) + word(destination) + [0, 0, 0, 7, 0, 0, 0, 0, 0x50, 0x02, 0x20, 0x00, 0, 0, 0, 0] + payload
    }

    static func udp(_ source: Int, _ destination: Int, _ payload: [UInt8]) -> [UInt8] {
        word(source) + word(destination) + word(8 + payload.count) + [0, 0] + payload
    }

    static func vxlan(_ identifier: Int, port: Int = 4789, _ frame: [UInt8]) -> [UInt8] {
        let header: [UInt8] = [0x08, 0, 0, 0, UInt8(identifier >> 16)] + word(identifier & 0xffff) + [0]
        return udp(50000, port, header + frame)
    }

    /// What the dissector says of a frame; `counters` as after it alone.
    static func dissect(
        _ bytes: [UInt8],
        linkType: UInt16 = 1,
        wireLength: Int? = nil,
        _ dissector: Dissector = Dissector()
    ) -> (packet: Packet, counters: DecodeCounters) {
        var dissector = dissector
        var packets = PacketBatch()
        let frames = [
            Frame(
                offset: 0,
                time: Timestamp(nanoseconds: 0),
                capturedLength: UInt32(bytes.count),
                wireLength: UInt32(wireLength ?? bytes.count),
                interface: 0,
                linkType: linkType
            )
        ]
        // Octets have no padding that could be seen.
        dissector.dissect(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span), into: &packets)
        return (packets[0], dissector.counters)
    }

    /// What a frame carries at its innermost.
    static func carried(_ bytes: [UInt8], linkType: UInt16, wireLength: Int) -> CarriedPacket {
        // Seeds are random, and hashes of the packet not looked at.
        var dissector = Dissector()
        return unsafe dissector.carried(bytes.span.bytes, linkType: linkType, wireLength: wireLength)
    }
}

extension Packet {
    /// Whether it is the SYN of `TestFrame.tcp`, as if it had come bare.
    var isTheSYN: Bool {
        key0 == 0x0a00_0001_0a00_0002 && transport == 6 << 32 | 80 << 16 | 40000 && length == 40 && tcpFlags == .syn
            && flags == [.ipv4, .hasTransport, .reversed]
    }

    /// Whether it is the SYN of `TestFrame.tcp6`.
    var isTheSYN6: Bool {
        key0 == 0xfd00 << 48 && key1 == 1 && key2 == key0 && key3 == 2 && transport == 6 << 32 | 80 << 16 | 40000
            && length == 60 && tcpFlags == .syn && flags == [.ipv6, .hasTransport, .reversed]
    }
}
