import Addressing
import Wire

/// Tunnels, and what is said in the clear.
extension PacketWalk {
    /// What a datagram carries, by its ports.
    @_lifetime(self: copy self)
    mutating func datagram() throws(WireError) -> Step {
        switch ports.destination {
        case 4789, 8472:
            let header = try VXLANHeader(rest)
            lines.append("VXLAN vni \(header.networkIdentifier)")
            offset += VXLANHeader.length
            return .ethernet
        case 4790:
            let header = try VXLANGPEHeader(rest)
            lines.append("VXLAN-GPE\(header.networkIdentifier.map { " vni \($0)" } ?? "")")
            offset += header.length
            return header.protocolType.map { .etherType($0) } ?? .data
        case 6081:
            let header = try GeneveHeader(rest)
            lines.append("Geneve vni \(header.networkIdentifier)\(header.isControl ? ", control" : "")")
            offset += header.length
            return header.isControl ? .data : .etherType(header.protocolType)
        case 2152:
            let header = try GTPUHeader(rest)
            lines.append("GTP-U teid \(header.tunnelEndpointIdentifier), message \(header.messageType)")
            offset += header.length
            return header.carriesPacket ? .ip : .data
        case 4754: return try gre()
        default: break
        }
        if isDNS {
            let bytes = rest
            tell(try DNSMessage(bytes))
            return .done
        }
        if let header = WireGuardHeader(rest, datagramLength: end - offset),
            ports.destination == 51820 || ports.source == 51820
        {
            lines.append("WireGuard \(Self.word(header.message)), encrypted")
            return .done
        }
        return .data
    }

    private static func word(_ message: WireGuardHeader.Message) -> String { "message \(message.rawValue)" }

    @_lifetime(self: copy self)
    mutating func gre() throws(WireError) -> Step {
        let header = try GREHeader(rest)
        lines.append("GRE\(header.key.map { " key \($0)" } ?? "")\(header.isEnhanced ? " (PPTP)" : "")")
        offset += header.length
        let type = header.protocolType
        if type == 0x88be || type == 0x22eb {
            let mirror = try ERSPANHeader(rest, protocolType: type, hasSequenceNumber: header.hasSequenceNumber)
            lines.append("ERSPAN\(mirror.sessionIdentifier.map { " session \($0)" } ?? "")")
            offset += mirror.length
            return mirror.carriesIP ? .ip : .ethernet
        }
        return header.isEnhanced || type < 0x0600 ? .data : .etherType(type)
    }

    var isDNS: Bool { [53, 5353, 5355].contains(ports.source) || [53, 5353, 5355].contains(ports.destination) }

    @_lifetime(self: copy self)
    mutating func dnsOfStream() throws(WireError) -> Step {
        guard rest.byteCount > 0 else { return .done }
        let bytes = rest
        tell(try DNSMessage(segment: bytes))
        return .done
    }

    @_lifetime(self: copy self)
    private mutating func tell(_ message: borrowing DNSMessage) {
        var question = "no question"
        do throws(WireError) {
            if let first = try message.question() { question = "\(first.name) \(first.type)" }
        } catch {
            question = "a question that cannot be read"
        }
        guard message.isResponse else {
            lines.append("DNS query \(message.id): \(question)")
            return
        }
        let answers = message.answers().prefix(4).map { Self.text(of: $0.content) }.filter { !$0.isEmpty }
        let told = answers.isEmpty ? "" : " is \(answers.joined(separator: ", "))"
        lines.append(
            "DNS answer \(message.id), \(message.responseCode), \(message.answerCount) records: \(question)\(told)"
        )
    }

    private static func text(of content: DNSResourceRecord.Content) -> String {
        switch content {
        case .address(let address): "\(address)"
        case .alias(let name): name
        case .other: ""
        }
    }

    /// What the first bytes of a stream's payload say, where they say something.
    @_lifetime(self: copy self)
    mutating func payload() -> Step {
        guard rest.byteCount > 0 else { return .done }
        do throws(WireError) {
            let hello = try TLSClientHello(rest)
            lines.append("TLS hello, \(hello.version)\(hello.serverName.map { " for \($0)" } ?? "")")
        } catch {
            // Not the beginning of TLS.
            do throws(WireError) {
                let request = try HTTPRequest(rest)
                lines.append("HTTP \(request.method) \(request.target)\(request.host.map { " of \($0)" } ?? "")")
            } catch {
                return .data
            }
        }
        return .data
    }
}
