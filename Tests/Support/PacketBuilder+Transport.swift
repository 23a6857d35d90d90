public import Addressing

extension PacketBuilder {
    /// A TCP segment. Flags are letters: S, A, F, R and P, in any order.
    public static func tcp(
        _ payload: [UInt8] = [],
        from source: UInt16,
        to destination: UInt16,
        _ flags: String,
        sequence: UInt32 = 1,
        acknowledgment: UInt32 = 0,
        window: UInt16 = 64_000
    ) -> [UInt8] {
        var bits: UInt8 = 0
        for flag in flags {
            switch flag {
            case "F": bits |= 0x01
            case "S": bits |= 0x02
            case "R": bits |= 0x04
            case "P": bits |= 0x08
            case "A": bits |= 0x10
            default: preconditionFailure("no such flag: \(flag)")
            }
        }
        return word(source) + word(destination) + long(sequence) + long(acknowledgment) + [0x50, bits] + word(window)
            + [0, 0, 0, 0] + payload
    }

    /// A UDP datagram.
    public static func udp(_ payload: [UInt8] = [], from source: UInt16, to destination: UInt16) -> [UInt8] {
        word(source) + word(destination) + word(UInt16(truncatingIfNeeded: 8 + payload.count)) + [0, 0] + payload
    }

    /// An ICMP or ICMPv6 message: echo requests and answers have an identifier and a number in `rest`.
    public static func icmp(type: UInt8, code: UInt8 = 0, _ rest: [UInt8] = [0, 1, 0, 1]) -> [UInt8] {
        [type, code, 0, 0] + rest
    }

    /// The frame of a UDP datagram between two hosts.
    public static func datagram(
        from source: IPAddress,
        _ sourcePort: UInt16,
        to destination: IPAddress,
        _ destinationPort: UInt16,
        _ payload: [UInt8] = [],
        vlans: [UInt16] = []
    ) -> [UInt8] {
        ethernet(
            ip(udp(payload, from: sourcePort, to: destinationPort), 17, from: source, to: destination),
            vlans: vlans
        )
    }

    /// The frame of a TCP segment between two hosts.
    public static func segment(
        from source: IPAddress,
        _ sourcePort: UInt16,
        to destination: IPAddress,
        _ destinationPort: UInt16,
        _ flags: String,
        _ payload: [UInt8] = [],
        sequence: UInt32 = 1,
        acknowledgment: UInt32 = 0
    ) -> [UInt8] {
        let segment = tcp(
            payload,
            from: sourcePort,
            to: destinationPort,
            flags,
            sequence: sequence,
            acknowledgment: acknowledgment
        )
        return ethernet(ip(segment, 6, from: source, to: destination))
    }

    /// A frame in VXLAN between two hosts. RFC 7348.
    public static func vxlan(
        _ frame: [UInt8],
        _ identifier: UInt32,
        from source: IPAddress = .host(201),
        to destination: IPAddress = .host(202)
    ) -> [UInt8] {
        datagram(from: source, 50_000, to: destination, 4789, [8, 0, 0, 0] + long(identifier << 8) + frame)
    }
}
