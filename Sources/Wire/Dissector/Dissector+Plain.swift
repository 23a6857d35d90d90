/// The short way for the frames that make up nearly all traffic: Ethernet or, as live captures of all interfaces have it,
/// SLL2, then IPv4 without options or fragments, TCP or UDP, bare or in one VXLAN tunnel.
///
/// Gives the same answer as the walk, in a third of the instructions, or none: whatever is unusual is left to the walk,
/// which starts again from the first byte. A test holds the two against each other.
extension Dissector {
    /// Decodes a plain Ethernet frame into a fresh `packet`; returns whether it was one.
    @inline(__always)
    mutating func plain(_ frame: RawSpan, wireLength: Int, into packet: inout Packet) -> Bool {
        guard frame.byteCount >= 42, frame.isPlainEthernet(at: 0) else { return false }
        return plainIPv4(frame, ip: EthernetHeader.length, link: 0, wireLength: wireLength, into: &packet)
    }

    /// The same for a frame with an SLL2 header.
    @inline(never)
    mutating func plainCooked(_ frame: RawSpan, wireLength: Int, into packet: inout Packet) -> Bool {
        let ip = SLL2Header.length
        guard frame.byteCount >= 48, frame.provenBigEndian(UInt16.self, at: 0) == 0x0800,
            frame.provenBigEndian(UInt8.self, at: ip) == 0x45, frame.isWhole(at: ip),
            plainIPv4(frame, ip: ip, link: -1, wireLength: wireLength, into: &packet)
        else { return false }
        packet.interfaceIndex = frame.provenBigEndian(UInt32.self, at: 4)
        packet.direction = FrameDirection(packetType: frame.provenBigEndian(UInt8.self, at: 10))
        return true
    }

    /// An IPv4 packet at `ip`, of which the link header's check has left only lengths open; `link` is where an Ethernet
    /// header begins before it, or -1.
    @inline(__always)
    private mutating func plainIPv4(
        _ frame: RawSpan,
        ip: Int,
        link: Int32,
        wireLength: Int,
        into packet: inout Packet
    ) -> Bool {
        let total = Int(frame.provenBigEndian(UInt16.self, at: ip + 2))
        guard total >= 28 else { return false }
        let end = min(frame.byteCount, ip + total)
        // A sender may have claimed more than it sent.
        let wireEnd = min(max(wireLength, frame.byteCount), ip + total)
        if frame.provenBigEndian(UInt8.self, at: ip + 9) == 17,
            frame.provenBigEndian(UInt16.self, at: ip + 22) == 4789
        {
            return plainVXLAN(frame, outer: ip, end: end, wireEnd: wireEnd, into: &packet)
        }
        return plainTransport(frame, ip: ip, link: link, end: end, wireEnd: wireEnd, total: total, into: &packet)
    }

    /// The frame inside a VXLAN tunnel whose outer headers, IPv4 at `outer`, are plain.
    @inline(__always)
    private mutating func plainVXLAN(
        _ frame: RawSpan,
        outer: Int,
        end: Int,
        wireEnd: Int,
        into packet: inout Packet
    ) -> Bool {
        // Outer IPv4 20, UDP 8, VXLAN 8; inner Ethernet 14, IPv4 20, UDP 8 at least.
        let inner = outer + 36
        guard end >= outer + 78, frame.provenBigEndian(UInt16.self, at: outer + 24) >= 8,
            frame.provenBigEndian(UInt8.self, at: outer + 28) & 0x08 != 0, frame.isPlainEthernet(at: inner)
        else { return false }
        let ip = inner + EthernetHeader.length
        let total = Int(frame.provenBigEndian(UInt16.self, at: ip + 2))
        guard total >= 28,
            plainTransport(
                frame,
                ip: ip,
                link: Int32(truncatingIfNeeded: inner),
                end: min(end, ip + total),
                wireEnd: min(wireEnd, ip + total),
                total: total,
                into: &packet
            )
        else { return false }
        let identifier = frame.provenBigEndian(UInt32.self, at: outer + 32) >> 8
        packet.segment = Packet.segmentIsNamed | identifier
        packet.tunnels.push(.vxlan)
        packet.tunnelIdentifier = identifier
        packet.outerOffset = Int32(truncatingIfNeeded: outer)
        packet.outerPorts = frame.provenBigEndian(UInt32.self, at: outer + 20)
        counters.tunnels[Int(TunnelKind.vxlan.rawValue)] &+= 1
        return true
    }

    /// TCP or UDP in an IPv4 packet of `total` bytes at `ip`, of which those before `wireEnd` were there and those before `end`
    /// were captured.
    @inline(__always)
    private func plainTransport(
        _ frame: RawSpan,
        ip: Int,
        link: Int32,
        end: Int,
        wireEnd: Int,
        total: Int,
        into packet: inout Packet
    ) -> Bool {
        let start = ip + 20
        let number = frame.provenBigEndian(UInt8.self, at: ip + 9)
        packet = Packet()
        let payload: Int
        if number == 6 {
            guard end - start >= 20 else { return false }
            let header = Int(frame.provenBigEndian(UInt8.self, at: start + 12) >> 4) * 4
            guard header >= 20 else { return false }
            packet.sequence = frame.provenBigEndian(UInt32.self, at: start + 4)
            packet.acknowledgment = frame.provenBigEndian(UInt32.self, at: start + 8)
            packet.window = frame.provenBigEndian(UInt16.self, at: start + 14)
            packet.tcpFlags = TCPFlags(rawValue: frame.provenBigEndian(UInt8.self, at: start + 13))
            payload = start + header
        } else if number == 17 {
            guard end - start >= 8, frame.provenBigEndian(UInt16.self, at: start + 4) >= 8 else { return false }
            payload = start + 8
        } else {
            return false
        }
        let ports = frame.provenBigEndian(UInt32.self, at: start)
        if number == 17, isNoteworthy(ports) { return false }
        let source = UInt64(frame.provenBigEndian(UInt32.self, at: ip + 12))
        let destination = UInt64(frame.provenBigEndian(UInt32.self, at: ip + 16))
        let sourcePort = UInt64(ports >> 16)
        let destinationPort = UInt64(ports & 0xffff)
        let reversed = source << 16 | sourcePort > destination << 16 | destinationPort
        let key = reversed ? destination << 32 | source : source << 32 | destination
        let ordered = reversed ? destinationPort << 16 | sourcePort : UInt64(ports)
        let transport = UInt64(number) << 32 | ordered
        packet.key0 = key
        packet.transport = transport
        packet.hash = seed.mix(key, transport)
        packet.length = UInt32(truncatingIfNeeded: total)
        packet.flags = reversed ? [.ipv4, .hasTransport, .reversed] : [.ipv4, .hasTransport]
        packet.payloadOffset = UInt32(truncatingIfNeeded: payload)
        packet.payloadLength = UInt32(truncatingIfNeeded: max(0, wireEnd - payload))
        packet.payloadCaptured = UInt32(truncatingIfNeeded: max(0, end - payload))
        packet.linkOffset = link
        return true
    }

    /// Whether a datagram's ports may mean a tunnel, or something to be told besides its flow.
    @inline(__always)
    private func isNoteworthy(_ ports: UInt32) -> Bool {
        if !self.ports.excludes(ports) { return true }
        switch ports & 0xffff {
        case 67, 68, 546, 547, 51820: return true
        default: return false
        }
    }
}

extension RawSpan {
    /// Whether an Ethernet header at `offset` is followed by an IPv4 header of twenty bytes that is no fragment's. The
    /// caller has seen to it that both are there.
    @inline(__always)
    fileprivate func isPlainEthernet(at offset: Int) -> Bool {
        // EtherType 0x0800, version 4, five words of header.
        provenBigEndian(UInt32.self, at: offset + 12) >> 8 == 0x0800_45
            && isWhole(at: offset + EthernetHeader.length)
    }

    /// Whether the IPv4 header at `offset` has no fragment offset and no more fragments.
    @inline(__always)
    fileprivate func isWhole(at offset: Int) -> Bool {
        provenBigEndian(UInt16.self, at: offset + 6) & 0x3fff == 0
    }
}
