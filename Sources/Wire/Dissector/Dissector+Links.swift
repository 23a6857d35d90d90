/// The first header of a frame, when it is not Ethernet.
extension Dissector {
    /// Reads it. Numbers are LINKTYPE_ values, tcpdump.org/linktypes.html.
    @inline(never)
    mutating func link(
        _ linkType: UInt16,
        _ frame: RawSpan,
        _ walk: inout Walk,
        _ packet: inout Packet
    ) throws(WireError) -> Step {
        let bytes = frame.extracting(walk.offset..<walk.end)
        switch linkType {
        case 1:
            return .ethernet
        case 12, 14, 101:
            return .ip
        case 228:
            return .ipv4
        case 229:
            return .ipv6
        case 113:
            let header = try SLLHeader(bytes)
            walk.offset += header.length
            packet.direction = FrameDirection(packetType: UInt8(truncatingIfNeeded: header.packetType))
            return linux(header.protocolType)
        case 276:
            let header = try SLL2Header(bytes)
            walk.offset += header.length
            packet.interfaceIndex = header.interfaceIndex
            packet.direction = FrameDirection(packetType: header.packetType)
            return linux(header.protocolType)
        case 0, 108:
            let header = try NullHeader(bytes)
            walk.offset += header.length
            return step(header.etherType)
        case 9, 50:
            return .ppp
        case 204:
            // One byte of direction stands before the PPP header.
            walk.offset = min(1, walk.end)
            return .ppp
        case 104:
            let header = try CiscoHDLCHeader(bytes)
            walk.offset += header.length
            return .etherType(header.etherType)
        case 239:
            let header = try NFLOGHeader(bytes)
            walk.offset += header.length
            return step(header.etherType)
        case 10:
            let header = try FDDIHeader(bytes)
            walk.offset += header.length
            return header.carriesLLC ? .llc : other()
        case 105:
            return try wireless(bytes, &walk, isPadded: false)
        case 127:
            let header = try RadiotapHeader(bytes)
            walk.offset += header.length
            if header.isDamaged { return other() }
            let isPadded = header.isPadded
            return try wireless(frame.extracting(walk.offset..<walk.end), &walk, isPadded: isPadded)
        case 258:
            let header = try PKTAPHeader(bytes)
            walk.offset += header.length
            guard let inner = header.linkType, inner != 258 else { return other() }
            return try link(inner, frame, &walk, &packet)
        default:
            counters.countUnknownLinkType(linkType)
            return .done
        }
    }

    /// The kernel's protocol numbers: EtherTypes, and small ones of its own (ETH_P_802_2 is 4). linux/if_ether.h
    private mutating func linux(_ protocolType: UInt16) -> Step {
        if protocolType >= 0x0600 { return .etherType(protocolType) }
        return protocolType == 4 ? .llc : other()
    }

    private mutating func wireless(_ bytes: RawSpan, _ walk: inout Walk, isPadded: Bool) throws(WireError) -> Step {
        let header = try IEEE80211Header(bytes, isPadded: isPadded)
        walk.offset += header.length
        return header.carriesLLC ? .llc : other()
    }

    /// What an EtherType leads to, if there is one.
    mutating func step(_ etherType: UInt16?) -> Step {
        if let etherType { return .etherType(etherType) }
        return other()
    }

    /// Nothing we follow.
    mutating func other() -> Step {
        counters.other += 1
        return .done
    }
}
