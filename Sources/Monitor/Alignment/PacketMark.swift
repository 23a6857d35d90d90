import Addressing
import Wire

/// What one packet is known by in two captures: what nobody changes on its way who does not translate addresses.
///
/// Of a TCP segment its numbers, where it carries something: acknowledgments alone are sent again as they were. Lengths are left out, as the
/// sender's kernel shows several segments as one. Of a UDP datagram the first bytes. The innermost packet counts, so that it is the same in
/// a tunnel and beside it.
struct PacketMark: Hashable, Sendable {
    let ends: EndPair
    /// Protocol and ports, and in the highest bit which of the ends sent it.
    let transport: UInt64
    let first: UInt64
    let second: UInt64

    /// Nil of what cannot be told from other packets: fragments, what has no ports, acknowledgments, short datagrams.
    init?(_ packet: Packet, in frame: RawSpan) {
        guard packet.flags.contains(.hasTransport), packet.flags.isDisjoint(with: [.firstFragment, .laterFragment])
        else {
            return nil
        }
        switch packet.protocolNumber {
        case 6:
            let opens = packet.tcpFlags.contains(.syn)
            let closes = packet.tcpFlags.contains(.fin)
            guard opens || closes || packet.payloadLength > 0, !packet.tcpFlags.contains(.rst) else { return nil }
            first = UInt64(packet.sequence) << 32 | UInt64(packet.acknowledgment)
            second = UInt64(packet.window) << 2 | (opens ? 2 : 0) | (closes ? 1 : 0)
        case 17:
            let offset = Int(packet.payloadOffset)
            guard packet.payloadCaptured >= 8, offset >= 0, offset + 8 <= frame.byteCount else { return nil }
            first = Self.word(frame, at: offset)
            let isLong = packet.payloadCaptured >= 16 && offset + 16 <= frame.byteCount
            // Whoever keeps less of a packet must not see another one.
            guard isLong || packet.payloadLength < 16 else { return nil }
            second = isLong ? Self.word(frame, at: offset + 8) : UInt64(packet.payloadLength)
        default: return nil
        }
        ends = EndPair(packet)
        transport = packet.transport | (packet.flags.contains(.reversed) ? 1 << 63 : 0)
    }

    /// Whether the end with the larger address sent it.
    var isReversed: Bool { transport >> 63 == 1 }

    /// The same number for the same packet in every run, by which some packets are chosen among many. Who crafts packets may choose it.
    var lot: UInt64 {
        var lot: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in [ends.first, ends.second, ends.third, ends.fourth, transport, first, second] {
            let product = (lot ^ word).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
            lot = (product.high ^ product.low) &+ 0x9e37_79b9_7f4a_7c15
        }
        return lot
    }

    private static func word(_ frame: RawSpan, at offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 { word = word << 8 | UInt64(frame[offset + index]) }
        return word
    }
}

/// The addresses of a packet's two ends, in the order of `Packet`.
struct EndPair: Hashable, Comparable, Sendable {
    let first, second, third, fourth: UInt64

    init(_ packet: Packet) {
        (first, second, third, fourth) = (packet.key0, packet.key1, packet.key2, packet.key3)
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.first, left.second, left.third, left.fourth) < (right.first, right.second, right.third, right.fourth)
    }
}
