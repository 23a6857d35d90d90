/// Tunnels over UDP and directly over IP.
extension Dissector {
    /// VXLAN on its own port: the one tunnel on the fast path.
    ///
    /// A datagram that is none after all counts for the outer flow, and for the malformed ones.
    @inline(__always)
    mutating func vxlan(_ frame: RawSpan, _ walk: inout Walk, _ ports: UInt32) -> Step {
        do throws(WireError) {
            let header = try VXLANHeader(frame.extracting(walk.offset..<walk.end))
            walk.udpPorts = ports
            guard walk.enter(.vxlan, identifier: header.networkIdentifier) else { return tooDeep() }
            walk.offset += VXLANHeader.length
            return .ethernet
        } catch {
            counters.count(error, cutByCapture: walk.end < walk.wireEnd)
            return .done
        }
    }

    /// A datagram on one of the other known ports.
    @inline(never)
    mutating func datagramTunnel(_ frame: RawSpan, _ walk: inout Walk, _ ports: UInt32) throws(WireError) -> Step {
        guard let kind = self.ports.kind(ports), walk.offset < walk.wireEnd else { return .done }
        walk.udpPorts = ports
        let bytes = frame.extracting(walk.offset..<walk.end)
        switch kind {
        case .vxlan:
            return vxlan(frame, &walk, ports)
        case .vxlanGPE:
            let header = try VXLANGPEHeader(bytes)
            if header.isControl { return .done }
            guard walk.enter(.vxlanGPE, identifier: header.networkIdentifier ?? 0) else { return tooDeep() }
            walk.offset += header.length
            return step(header.protocolType)
        case .geneve:
            let header = try GeneveHeader(bytes)
            if header.isControl { return .done }
            guard walk.enter(.geneve, identifier: header.networkIdentifier) else { return tooDeep() }
            walk.offset += header.length
            return .etherType(header.protocolType)
        case .gre:
            return try gre(frame, &walk)
        case .gtpu:
            let header = try GTPUHeader(bytes)
            guard header.carriesPacket else { return .done }
            guard walk.enter(.gtpu, identifier: header.tunnelEndpointIdentifier) else { return tooDeep() }
            walk.offset += header.length
            return .ip
        case .teredo:
            let header = try TeredoHeader(bytes)
            guard walk.enter(.teredo) else { return tooDeep() }
            walk.offset += header.length
            return .ipv6
        case .l2tp:
            return l2tp(try L2TPHeader(bytes), &walk)
        }
    }

    /// Tunnels that have a protocol number of their own.
    mutating func packetTunnel(_ number: UInt8, _ frame: RawSpan, _ walk: inout Walk) throws(WireError) -> Step {
        walk.udpPorts = 0
        switch number {
        case 4:
            return walk.enter(walk.found.isIPv6 ? .fourInSix : .ipip) ? .ipv4 : tooDeep()
        case 41:
            return walk.enter(walk.found.isIPv6 ? .sixInSix : .sixInFour) ? .ipv6 : tooDeep()
        case 47:
            return try gre(frame, &walk)
        case 97:
            // RFC 3378: two bytes of version, then an Ethernet frame.
            guard walk.enter(.etherip) else { return tooDeep() }
            walk.offset = min(walk.offset + 2, walk.end)
            return .ethernet
        case 143:
            // RFC 8986, section 10.1: an Ethernet frame and nothing else.
            return walk.enter(.etherip) ? .ethernet : tooDeep()
        case 115:
            return l2tp(try L2TPHeader(afterIP: frame.extracting(walk.offset..<walk.end)), &walk)
        case 137:
            return walk.enter(.mplsInIP) ? .etherType(0x8847) : tooDeep()
        default:
            return .done
        }
    }

    private mutating func gre(_ frame: RawSpan, _ walk: inout Walk) throws(WireError) -> Step {
        let header = try GREHeader(frame.extracting(walk.offset..<walk.end))
        walk.offset += header.length
        let type = header.protocolType
        // Keepalives carry nothing and say type 0; a length, as in Ethernet, it is never.
        if type < 0x0600 { return .done }
        if header.isEnhanced {
            guard header.payloadLength != 0, type == 0x880b else { return .done }
            return walk.enter(.pptp, identifier: UInt32(header.callIdentifier ?? 0)) ? .ppp : tooDeep()
        }
        if type == 0x88be || type == 0x22eb {
            let mirror = try ERSPANHeader(
                frame.extracting(walk.offset..<walk.end),
                protocolType: type,
                hasSequenceNumber: header.hasSequenceNumber
            )
            guard walk.enter(.erspan, identifier: UInt32(mirror.sessionIdentifier ?? 0)) else { return tooDeep() }
            walk.offset += mirror.length
            return mirror.carriesIP ? .ip : .ethernet
        }
        // NVGRE is GRE with a key that carries Ethernet: RFC 7637, section 3.2.
        if type == 0x6558, let segment = header.virtualSubnetIdentifier {
            return walk.enter(.nvgre, identifier: segment) ? .ethernet : tooDeep()
        }
        guard walk.enter(.gre, identifier: header.key ?? 0) else { return tooDeep() }
        guard type == 0x8909 else { return .etherType(type) }
        let label = try CiscoMetaDataHeader(frame.extracting(walk.offset..<walk.end), isWithinGRE: true)
        walk.offset += label.length
        return .etherType(label.etherType)
    }

    private mutating func l2tp(_ header: borrowing L2TPHeader, _ walk: inout Walk) -> Step {
        guard let type = header.protocolType else { return .done }
        guard walk.enter(.l2tp, identifier: header.sessionIdentifier) else { return tooDeep() }
        walk.offset += header.length
        return .etherType(type)
    }

    private mutating func tooDeep() -> Step {
        counters.tooDeep += 1
        return .done
    }
}
