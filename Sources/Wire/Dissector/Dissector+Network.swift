/// IPv4 and IPv6: where one packet ends and another may begin.
extension Dissector {
    @inline(__always)
    func ipv4(_ frame: RawSpan, _ walk: inout Walk) throws(WireError) -> Step {
        let start = walk.offset
        let header = try IPv4Header(frame.extracting(start..<walk.end))
        let total = header.totalLength
        // What lies behind the packet is padding, a frame check sequence, or somebody's secret.
        if total != 0 {
            walk.end = min(walk.end, start + total)
            walk.wireEnd = min(walk.wireEnd, start + total)
        }
        walk.offset = start + header.length
        walk.found.surroundings = walk.surroundings
        walk.found.offset = Int32(truncatingIfNeeded: start)
        walk.found.isIPv6 = false
        walk.found.sourceHigh = UInt64(header.source)
        walk.found.destinationHigh = UInt64(header.destination)
        walk.found.length = UInt32(truncatingIfNeeded: total != 0 ? total : walk.wireEnd - start)
        walk.found.protocolNumber = header.payloadProtocol
        walk.found.ports = 0
        walk.found.flags = []
        if header.isFragment {
            walk.found.fragmentIdentifier = UInt32(header.identification)
            walk.found.flags = header.isLaterFragment ? .laterFragment : .firstFragment
            if header.isLaterFragment { return .done }
        }
        // A snapshot may end within the options: the addresses are known, what follows is not there.
        guard walk.offset <= walk.end else { throw .truncated(.ipv4) }
        return .transport(header.payloadProtocol)
    }

    @inline(__always)
    func ipv6(_ frame: RawSpan, _ walk: inout Walk) throws(WireError) -> Step {
        let start = walk.offset
        let header = try IPv6Header(frame.extracting(start..<walk.end))
        let payload = header.payloadLength
        let next = header.nextHeader
        // 0 is a jumbogram or a BIG TCP super-frame, unless there is no payload at all.
        let claimed = payload != 0 || next == 59 ? start + IPv6Header.length + payload : walk.wireEnd
        walk.end = min(walk.end, claimed)
        walk.wireEnd = min(walk.wireEnd, claimed)
        walk.offset = start + IPv6Header.length
        walk.found.surroundings = walk.surroundings
        walk.found.offset = Int32(truncatingIfNeeded: start)
        walk.found.isIPv6 = true
        (walk.found.sourceHigh, walk.found.sourceLow) = header.source
        (walk.found.destinationHigh, walk.found.destinationLow) = header.destination
        walk.found.length = UInt32(truncatingIfNeeded: claimed - start)
        walk.found.protocolNumber = next
        walk.found.ports = 0
        walk.found.flags = []
        switch next {
        case 0, 43, 44, 51, 60, 135, 139, 140: return try extensions(next, frame, &walk)
        default: return .transport(next)
        }
    }

    /// Follows the chain of extension headers. RFC 8200, section 4.
    @inline(never)
    private func extensions(_ first: UInt8, _ frame: RawSpan, _ walk: inout Walk) throws(WireError) -> Step {
        var next = first
        while true {
            let rest = frame.extracting(min(walk.offset, walk.end)..<walk.end)
            switch next {
            case 44:
                try walk.hop(.fragment)
                let header = try FragmentHeader(rest)
                walk.offset += FragmentHeader.length
                next = header.nextHeader
                walk.found.protocolNumber = next
                if !header.isAtomic {
                    walk.found.fragmentIdentifier = header.identification
                    walk.found.flags = header.offset != 0 ? .laterFragment : .firstFragment
                    if header.offset != 0 { return .done }
                }
            case 51:
                try walk.hop(.ah)
                let header = try AHHeader(rest)
                walk.offset += header.length
                next = header.nextHeader
                walk.found.protocolNumber = next
            case 0, 43, 60, 135, 139, 140:
                let layer: Layer =
                    switch next {
                    case 0: .hopByHop
                    case 43: .routing
                    case 60: .destination
                    default: .mobility
                    }
                try walk.hop(layer)
                // What comes next is told before how far away it is, be that beyond the packet's end.
                if next != 135, rest.byteCount > 0 { walk.found.protocolNumber = rest[0] }
                let header = try IPv6ExtensionHeader(rest, layer: layer)
                // Mobility messages end the chain: their next header is "none".
                if next == 135 { return .done }
                walk.offset += header.length
                next = header.nextHeader
                walk.found.protocolNumber = next
            default:
                return .transport(next)
            }
        }
    }
}
