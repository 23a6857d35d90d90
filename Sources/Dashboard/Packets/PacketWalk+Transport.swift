import Addressing
import Records
import Wire

/// What IP carries.
extension PacketWalk {
    @_lifetime(self: copy self)
    mutating func transport(_ number: UInt8) throws(WireError) -> Step {
        switch number {
        case 6: return try tcp()
        case 17, 136: return try udp(isLite: number == 136)
        case 1:
            let header = try ICMPHeader(rest)
            lines.append("ICMP \(Self.icmp(header.type, header.code))\(header.identifier.map { ", id \($0)" } ?? "")")
            offset += ICMPHeader.length
            return header.isError ? quoted() : .data
        case 58:
            let header = try ICMPv6Header(rest)
            lines.append(
                "ICMPv6 \(Self.icmpv6(header.type, header.code))\(header.identifier.map { ", id \($0)" } ?? "")"
            )
            offset += ICMPv6Header.length
            return header.isError ? quoted() : .data
        case 0, 43, 44, 51, 60, 135, 139, 140: return try ipv6Extension(number)
        case 59: return .done
        case 4, 41:
            lines.append(number == 4 ? "IPv4 in IP" : "IPv6 in IP")
            return .ip
        case 47: return try gre()
        case 50:
            guard let header = ESPHeader(rest) else {
                lines.append("ESP: cut off")
                return .done
            }
            lines.append("ESP spi 0x\(String(header.securityParametersIndex, radix: 16)), encrypted")
            return .data
        case 132:
            let header = try SCTPHeader(rest)
            lines.append("SCTP \(header.sourcePort) ► \(header.destinationPort)")
            offset += SCTPHeader.length
            return .data
        case 2:
            let header = try IGMPHeader(rest)
            lines.append(
                "IGMP type 0x\(Hexdump.hex(Int(header.type), digits: 2))\(header.group.map { " group \($0)" } ?? "")"
            )
            return .done
        default:
            lines.append("IP protocol \(number)\(TransportKeyword.of(number).map { " (\($0))" } ?? "")")
            return .data
        }
    }

    @_lifetime(self: copy self)
    private mutating func tcp() throws(WireError) -> Step {
        let header = try TCPHeader(rest)
        let (source, destination) = (header.ports >> 16, header.ports & 0xffff)
        var line = "TCP \(source) ► \(destination) [\(Self.letters(header.flags))] seq \(header.sequenceNumber)"
        if header.flags.contains(.ack) { line += " ack \(header.acknowledgmentNumber)" }
        lines.append(line + " win \(header.window)")
        offset += header.length
        guard offset <= end else { throw .truncated(.tcp) }
        ports = (UInt16(truncatingIfNeeded: source), UInt16(truncatingIfNeeded: destination))
        return isDNS ? try dnsOfStream() : payload()
    }

    /// As tcpdump writes them.
    private static func letters(_ flags: TCPFlags) -> String {
        let known: [(UInt8, String)] = [
            (0x02, "S"), (0x01, "F"), (0x04, "R"), (0x08, "P"), (0x20, "U"), (0x40, "E"), (0x80, "W"), (0x10, "."),
        ]
        let text = known.filter { flags.rawValue & $0.0 != 0 }.map(\.1).joined()
        return text.isEmpty ? "none" : text
    }

    @_lifetime(self: copy self)
    private mutating func udp(isLite: Bool) throws(WireError) -> Step {
        let header = try UDPHeader(rest)
        let (source, destination) = (header.ports >> 16, header.ports & 0xffff)
        lines.append("\(isLite ? "UDP-Lite" : "UDP") \(source) ► \(destination)  \(header.datagramLength) bytes")
        if !isLite, header.datagramLength >= UDPHeader.length { end = min(end, offset + header.datagramLength) }
        offset += UDPHeader.length
        ports = (UInt16(truncatingIfNeeded: source), UInt16(truncatingIfNeeded: destination))
        return .datagram
    }

    /// What stands before the packet that an error message quotes.
    static var quotation: String { "about the packet:" }

    /// The packet that an error message quotes.
    @_lifetime(self: copy self)
    private mutating func quoted() -> Step {
        guard rest.byteCount > 0 else { return .done }
        lines.append(Self.quotation)
        return .ip
    }

    private static func icmp(_ type: UInt8, _ code: UInt8) -> String {
        switch (type, code) {
        case (0, _): "echo reply"
        case (8, _): "echo request"
        case (3, 0): "network unreachable"
        case (3, 1): "host unreachable"
        case (3, 2): "protocol unreachable"
        case (3, 3): "port unreachable"
        case (3, 4): "too large, and must not be cut"
        case (3, 13): "forbidden by a filter"
        case (5, _): "redirect"
        case (11, _): "time exceeded"
        default: "type \(type) code \(code)"
        }
    }

    private static func icmpv6(_ type: UInt8, _ code: UInt8) -> String {
        switch (type, code) {
        case (1, 4): "port unreachable"
        case (1, _): "unreachable, code \(code)"
        case (2, _): "too large"
        case (3, _): "time exceeded"
        case (128, _): "echo request"
        case (129, _): "echo reply"
        case (133, _): "router solicitation"
        case (134, _): "router advertisement"
        case (135, _): "neighbour solicitation"
        case (136, _): "neighbour advertisement"
        default: "type \(type) code \(code)"
        }
    }
}
