/// TCP, UDP and what else carries ports, or tells something by itself.
extension Dissector {
    @inline(__always)
    func tcp(_ frame: RawSpan, _ walk: inout Walk, _ packet: inout Packet) throws(WireError) {
        let start = walk.offset
        let bytes = frame.extracting(start..<walk.end)
        // Ports alone still say whose packet it is.
        if bytes.byteCount >= 4 { walk.found.ports = bytes.bigEndian(UInt32.self, at: 0) }
        let header = try TCPHeader(bytes)
        packet.sequence = header.sequenceNumber
        packet.acknowledgment = header.acknowledgmentNumber
        packet.window = header.window
        packet.tcpFlags = header.flags
        walk.found.flags.insert(.hasTransport)
        payload(at: start + header.length, walk, &packet)
    }

    @inline(__always)
    mutating func udp(_ frame: RawSpan, _ walk: inout Walk, _ packet: inout Packet) throws(WireError) -> Step {
        let start = walk.offset
        let bytes = frame.extracting(start..<walk.end)
        if bytes.byteCount >= 4 { walk.found.ports = bytes.bigEndian(UInt32.self, at: 0) }
        let header = try UDPHeader(bytes)
        let claimed = header.datagramLength
        guard claimed >= UDPHeader.length || claimed == 0 else { throw .malformed(.udp) }
        walk.found.flags.insert(.hasTransport)
        walk.offset = start + UDPHeader.length
        payload(at: walk.offset, walk, &packet)
        let ports = header.ports
        if ports & 0xffff == 4789 { return vxlan(frame, &walk, ports) }
        if self.ports.excludes(ports) {
            switch ports & 0xffff {
            case 67, 68: packet.sighting = .dhcp
            case 546, 547: packet.sighting = .dhcpv6
            case 51820: noteWireGuard(bytes.extracting(droppingFirst: UDPHeader.length), walk)
            default: break
            }
            return .done
        }
        return try datagramTunnel(frame, &walk, ports)
    }

    /// Notes where a transport's payload lies, as far as the IP packet and the capture hold it.
    @inline(__always)
    func payload(at offset: Int, _ walk: Walk, _ packet: inout Packet) {
        packet.payloadOffset = UInt32(truncatingIfNeeded: offset)
        packet.payloadLength = UInt32(truncatingIfNeeded: max(0, walk.wireEnd - offset))
        packet.payloadCaptured = UInt32(truncatingIfNeeded: max(0, walk.end - offset))
    }

    /// Everything but TCP and UDP.
    @inline(never)
    mutating func transport(
        _ number: UInt8,
        _ frame: RawSpan,
        _ walk: inout Walk,
        _ packet: inout Packet
    ) throws(WireError) -> Step {
        let bytes = frame.extracting(walk.offset..<walk.end)
        switch number {
        case 1:
            let header = try ICMPHeader(bytes)
            note(header.type, header.code, isError: [3, 4, 5, 11, 12].contains(header.type), walk, &packet)
        case 58:
            let header = try ICMPv6Header(bytes)
            note(header.type, header.code, isError: header.type < 128, walk, &packet)
            if 133...137 ~= header.type { packet.sighting = .neighbourDiscovery }
        case 136:
            if bytes.byteCount >= 4 { walk.found.ports = bytes.bigEndian(UInt32.self, at: 0) }
            _ = try UDPHeader(bytes)
            walk.found.flags.insert(.hasTransport)
            payload(at: walk.offset + UDPHeader.length, walk, &packet)
        case 132:
            if bytes.byteCount >= 4 { walk.found.ports = bytes.bigEndian(UInt32.self, at: 0) }
            _ = try SCTPHeader(bytes)
            walk.found.flags.insert(.hasTransport)
        case 51:
            // In IPv4, AH is no extension header but a protocol that says what comes after it.
            try walk.hop(.ah)
            let header = try AHHeader(bytes)
            walk.offset += header.length
            walk.found.protocolNumber = header.nextHeader
            return .transport(header.nextHeader)
        case 50:
            counters.opaqueESP += 1
        default:
            return try packetTunnel(number, frame, &walk)
        }
        return .done
    }

    private func note(_ type: UInt8, _ code: UInt8, isError: Bool, _ walk: Walk, _ packet: inout Packet) {
        packet.icmpType = type
        packet.icmpCode = code
        packet.payloadOffset = UInt32(truncatingIfNeeded: walk.offset)
        packet.payloadCaptured = UInt32(truncatingIfNeeded: walk.end - walk.offset)
        if isError { packet.sighting = .icmpError }
    }

    @inline(never)
    private mutating func noteWireGuard(_ bytes: RawSpan, _ walk: Walk) {
        if WireGuardHeader(bytes, datagramLength: walk.wireEnd - walk.offset) != nil { counters.opaqueWireGuard += 1 }
    }
}
