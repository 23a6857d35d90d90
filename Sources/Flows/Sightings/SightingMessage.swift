import Addressing
import Wire

/// The message of a sighting, still in the frame's bytes, and what stands around it.
///
/// Made of every such packet, so it reads little and allocates nothing; whether it is worth reading whole is for the
/// table to say.
struct SightingMessage: ~Escapable {
    let kind: SightingKind
    /// What the decoder of that kind reads.
    let bytes: RawSpan
    let isICMPv6: Bool
    private(set) var senderHardwareAddress: MACAddress?
    private(set) var source: IPAddress?
    private(set) var destination: IPAddress?
    private(set) var hopLimit: UInt8?

    /// `nil` when the packet tells nothing, or its offsets lie outside the frame.
    @_lifetime(copy frame)
    init?(_ packet: borrowing Packet, frame: RawSpan) {
        let start = Int(packet.payloadOffset)
        let end = start &+ Int(packet.payloadCaptured)
        guard packet.sighting != .none, end <= frame.byteCount else { return nil }
        kind = packet.sighting
        bytes = frame.extracting(start..<end)
        isICMPv6 = packet.protocolNumber == 58
        if kind == .arp {
            senderHardwareAddress = Self.ethernetSource(beforeARP: start, packet, frame)
            return
        }
        // An Ethernet header outside the innermost tunnel is that of the tunnel's end, not of the sender.
        if packet.linkOffset > packet.outerOffset {
            senderHardwareAddress = Self.ethernetSource(at: Int(packet.linkOffset), frame)
        }
        source = Self.address(packet, high: packet.flags.contains(.reversed))
        destination = Self.address(packet, high: !packet.flags.contains(.reversed))
        if kind == .neighbourDiscovery { hopLimit = Self.hopLimit(before: start, source, frame) }
    }

    /// Reads the message whole.
    func readFact() throws(WireError) -> Sighting.Fact {
        switch kind {
        case .arp: .arp(try ARPClaim(try ARPPacket(bytes)))
        case .neighbourDiscovery: .neighbourDiscovery(try NeighbourDiscovery(bytes))
        case .dhcp: .dhcp(try DHCPMessage(bytes))
        case .dhcpv6: .dhcpv6(try DHCPv6Message(bytes))
        case .icmpError, .none: .icmpError(try ICMPError(bytes, isICMPv6: isICMPv6))
        }
    }

    private static func address(_ packet: borrowing Packet, high: Bool) -> IPAddress? {
        if packet.flags.contains(.ipv4) {
            return .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: high ? packet.key0 : packet.key0 >> 32)))
        }
        guard packet.flags.contains(.ipv6) else { return nil }
        return .v6(
            high
                ? IPv6Address(high: packet.key2, low: packet.key3) : IPv6Address(high: packet.key0, low: packet.key1)
        )
    }

    private static func ethernetSource(at offset: Int, _ frame: RawSpan) -> MACAddress? {
        guard offset >= 0, frame.byteCount >= offset &+ 14 else { return nil }
        return MACAddress(bits: frame.bigEndian(UInt64.self, at: offset &+ 6) >> 16)
    }

    /// The dissector knows the Ethernet header of the innermost *IP* packet, or none: only one whose type fields lead
    /// to the ARP packet is the right one.
    private static func ethernetSource(
        beforeARP start: Int,
        _ packet: borrowing Packet,
        _ frame: RawSpan
    ) -> MACAddress? {
        let link = Int(max(packet.linkOffset, 0))
        var offset = link &+ 12
        while offset &+ 2 <= start {
            switch frame.bigEndian(UInt16.self, at: offset) {
            case 0x8100, 0x88a8, 0x9100, 0x9200: offset &+= 4
            case 0x0806: return offset &+ 2 == start ? ethernetSource(at: link, frame) : nil
            default: return nil
            }
        }
        return nil
    }

    /// Of the IPv6 header that ends where the message begins.
    private static func hopLimit(before start: Int, _ source: IPAddress?, _ frame: RawSpan) -> UInt8? {
        let offset = start &- IPv6Header.length
        guard offset >= 0, case .v6(let source) = source,
            frame[offset] >> 4 == 6, frame[offset &+ 6] == 58,
            frame.bigEndian(UInt64.self, at: offset &+ 8) == source.high,
            frame.bigEndian(UInt64.self, at: offset &+ 16) == source.low
        else { return nil }
        return frame[offset &+ 7]
    }
}
