/// What may stand between a link header and IP.
extension Dissector {
    /// Reads one such header, and says which is next.
    @inline(never)
    mutating func shim(
        _ step: Step,
        _ frame: RawSpan,
        _ walk: inout Walk,
        _ packet: inout Packet
    ) throws(WireError) -> Step {
        let bytes = frame.extracting(min(walk.offset, walk.end)..<walk.end)
        switch step {
        case .etherType(let type):
            return try etherType(type, bytes, &walk, &packet)
        case .ip:
            guard bytes.byteCount > 0 else { throw .truncated(.ipv4) }
            switch bytes[0] >> 4 {
            case 4: return .ipv4
            case 6: return .ipv6
            default: throw .malformed(.ipv4)
            }
        case .llc:
            let header = try LLCHeader(bytes)
            guard let type = header.etherType else { return other() }
            walk.offset += header.length
            return .etherType(type)
        case .ppp:
            let header = try PPPHeader(bytes)
            walk.offset += header.length
            return self.step(header.etherType)
        case .ethernet, .ipv4, .ipv6, .transport, .done:
            return step
        }
    }

    private mutating func etherType(
        _ type: UInt16,
        _ bytes: RawSpan,
        _ walk: inout Walk,
        _ packet: inout Packet
    ) throws(WireError) -> Step {
        switch type {
        case 0x0800:
            return .ipv4
        case 0x86dd:
            return .ipv6
        case 0x8100, 0x88a8, 0x9100, 0x9200:
            try walk.hop(.vlan)
            let tag = try VLANTag(bytes)
            walk.offset += VLANTag.length
            // A priority tag (VLAN 0) names no network; of more than two tags the innermost two do.
            if tag.identifier != 0 {
                walk.surroundings.vlan = walk.surroundings.vlan << 12 & 0xff_f000 | UInt32(tag.identifier)
            }
            return .etherType(tag.etherType)
        case 0x0806:
            packet.sighting = .arp
            packet.arpSegment = walk.surroundings.segment
            packet.arpVLAN = walk.surroundings.vlan
            packet.payloadOffset = UInt32(truncatingIfNeeded: walk.offset)
            packet.payloadCaptured = UInt32(truncatingIfNeeded: bytes.byteCount)
            return .done
        case 0x8847, 0x8848:
            try walk.hop(.mpls)
            let stack = try MPLSStack(bytes)
            walk.offset += stack.length
            return self.step(stack.protocolType)
        case 0x8864:
            let header = try PPPoEHeader(bytes)
            guard header.isSession else { return other() }
            walk.offset += header.length
            return .ppp
        case 0x880b:
            return .ppp
        case 0x6558:
            return .ethernet
        case 0x88e7:
            try walk.hop(.pbb)
            let header = try PBBHeader(bytes)
            walk.offset += header.length
            return .ethernet
        case 0x8926:
            try walk.hop(.vntag)
            let header = try VNTagHeader(bytes)
            walk.offset += header.length
            return .etherType(header.etherType)
        case 0x893f:
            try walk.hop(.etag)
            let header = try ETagHeader(bytes)
            walk.offset += header.length
            return .etherType(header.etherType)
        case 0x8909:
            try walk.hop(.cmd)
            let header = try CiscoMetaDataHeader(bytes, isWithinGRE: false)
            walk.offset += header.length
            return .etherType(header.etherType)
        case 0x894f:
            try walk.hop(.nsh)
            // A message of maintenance (the O bit) may travel in the context of a packet of a user's: the next
            // protocol alone says which. RFC 9451.
            let header = try NSHHeader(bytes)
            walk.offset += header.length
            return self.step(header.protocolType)
        case 0..<0x0600:
            return .llc
        default:
            return other()
        }
    }
}
