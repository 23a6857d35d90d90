import Addressing
import Records
import Wire

/// Tags, labels, ARP and IP.
extension PacketWalk {
    @_lifetime(self: copy self)
    mutating func network(_ type: UInt16) throws(WireError) -> Step {
        switch type {
        case 0x0800, 0x86dd: return .ip
        case 0x8100, 0x88a8, 0x9100:
            let tag = try VLANTag(rest)
            lines.append("VLAN \(tag.identifier)\(type == 0x88a8 ? " (802.1ad)" : "")")
            offset += VLANTag.length
            return .etherType(tag.etherType)
        case 0x6558: return .ethernet
        case 0x0806:
            let packet = try ARPPacket(rest)
            let (sender, target) = (packet.senderProtocolAddress, packet.targetProtocolAddress)
            lines.append(
                packet.operation == 2
                    ? "ARP \(sender) is at \(packet.senderHardwareAddress)" : "ARP who has \(target)? tell \(sender)"
            )
            return .done
        case 0x8847, 0x8848:
            let stack = try MPLSStack(rest)
            lines.append("MPLS label \(stack.topLabel)\(stack.count > 1 ? " and \(stack.count - 1) more" : "")")
            offset += stack.length
            return stack.protocolType.map { .etherType($0) } ?? .data
        case 0..<0x0600:
            let header = try LLCHeader(rest)
            lines.append("LLC")
            offset += header.length
            return header.etherType.map { .etherType($0) } ?? .data
        default:
            lines.append("EtherType 0x\(Hexdump.hex(Int(type), digits: 4))")
            return .data
        }
    }

    /// IPv4 or IPv6, as the first four bits say.
    @_lifetime(self: copy self)
    mutating func ip() throws(WireError) -> Step {
        let bytes = rest
        guard bytes.byteCount > 0 else { throw .truncated(.ipv4) }
        return bytes[0] >> 4 == 6 ? try ipv6() : try ipv4()
    }

    @_lifetime(self: copy self)
    private mutating func ipv4() throws(WireError) -> Step {
        let bytes = rest
        let header = try IPv4Header(bytes)
        let (source, destination) = (IPv4Address(bits: header.source), IPv4Address(bits: header.destination))
        var line = "IPv4 \(source) ► \(destination)  ttl \(bytes[8]), \(header.totalLength) bytes"
        if header.isFragment {
            let place = (bytes.bigEndian(UInt16.self, at: 6) & 0x1fff) * 8
            line += ", fragment \(header.identification) at \(place)"
        }
        lines.append(line)
        if header.totalLength != 0 { end = min(end, offset + header.totalLength) }
        offset += header.length
        return header.isLaterFragment ? .data : .transport(header.payloadProtocol)
    }

    @_lifetime(self: copy self)
    private mutating func ipv6() throws(WireError) -> Step {
        let bytes = rest
        let header = try IPv6Header(bytes)
        let source = IPv6Address(high: header.source.high, low: header.source.low)
        let destination = IPv6Address(high: header.destination.high, low: header.destination.low)
        lines.append("IPv6 \(source) ► \(destination)  hop limit \(bytes[7]), \(header.payloadLength) bytes")
        if header.payloadLength != 0 { end = min(end, offset + IPv6Header.length + header.payloadLength) }
        offset += IPv6Header.length
        return .transport(header.nextHeader)
    }

    /// An extension header, RFC 8200, section 4; what comes next.
    @_lifetime(self: copy self)
    mutating func ipv6Extension(_ number: UInt8) throws(WireError) -> Step {
        switch number {
        case 44:
            let header = try FragmentHeader(rest)
            lines.append(
                "IPv6 fragment \(header.identification) at \(header.offset)\(header.hasMoreFragments ? ", more follow" : "")"
            )
            offset += FragmentHeader.length
            return header.offset == 0 ? .transport(header.nextHeader) : .data
        case 51:
            let header = try AHHeader(rest)
            lines.append("AH spi 0x\(String(header.securityParametersIndex, radix: 16))")
            offset += header.length
            return .transport(header.nextHeader)
        default:
            let layer: Layer =
                number == 0 ? .hopByHop : number == 43 ? .routing : number == 60 ? .destination : .mobility
            let header = try IPv6ExtensionHeader(rest, layer: layer)
            lines.append("\(layer) \(header.length) bytes")
            offset += header.length
            return number == 135 ? .done : .transport(header.nextHeader)
        }
    }
}
