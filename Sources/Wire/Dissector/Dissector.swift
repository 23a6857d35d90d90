public import Addressing

/// Takes frames apart, through every tunnel, to the innermost IP packet.
///
/// The one place that knows the order of layers. Each header is a type with a file of its own; this type says what
/// comes after what, and what a packet is worth when a header cannot be read: it counts for the innermost IP packet
/// that was still sound.
public struct Dissector: Sendable {
    /// What could not be decoded so far, and the tunnels met.
    public internal(set) var counters = DecodeCounters()

    let ports: TunnelPorts
    let seed: HashSeed

    /// A dissector that looks for tunnels on `ports` and hashes keys with `seed`.
    public init(ports: TunnelPorts = TunnelPorts(), seed: HashSeed = .random()) {
        self.ports = ports
        self.seed = seed
    }

    /// Decodes all frames of a batch; `packets` gets one packet a frame, in order.
    public mutating func dissect(_ batch: borrowing FrameBatch, into packets: inout PacketBatch) {
        let count = min(batch.frames.count, FrameBatch.maximumCount)
        packets.count = count
        packets.hasSightings = false
        for index in 0..<count {
            let frame = batch.frames[index]
            let bytes = batch.bytes(of: frame)
            let isPlain =
                switch frame.linkType {
                case 1: plain(bytes, wireLength: Int(frame.wireLength), into: &packets[index])
                case 276: plainCooked(bytes, wireLength: Int(frame.wireLength), into: &packets[index])
                default: false
                }
            if !isPlain {
                packets[index] = Packet()
                walk(bytes, linkType: frame.linkType, wireLength: Int(frame.wireLength), into: &packets[index])
                if packets[index].sighting != .none { packets.hasSightings = true }
            }
            packets[index].time = frame.time
        }
    }

    /// Decodes one frame into a fresh `packet`, header by header.
    @inline(never)
    mutating func walk(_ frame: RawSpan, linkType: UInt16, wireLength: Int, into packet: inout Packet) {
        var walk = Walk(captured: frame.byteCount, wire: wireLength)
        follow(frame, linkType, wireLength, &walk, &packet) { _ in }
        seal(walk.found, &packet)
    }

    /// Reads header after header, as far as they can be read; `noting` is told where it stands after each.
    @inline(__always)
    mutating func follow(
        _ frame: RawSpan,
        _ linkType: UInt16,
        _ wireLength: Int,
        _ walk: inout Walk,
        _ packet: inout Packet,
        noting: (Walk) -> Void
    ) {
        let others = counters.other
        do throws(WireError) {
            var step = linkType == 1 ? Step.ethernet : try link(linkType, frame, &walk, &packet)
            while true {
                step = try take(step, frame, &walk, &packet)
                noting(walk)
                if case .done = step { break }
            }
        } catch {
            // What was found before is noted, too.
            noting(walk)
            // Whoever cut the frame is to blame for what is missing.
            counters.count(error, cutByCapture: frame.byteCount < wireLength && walk.end >= frame.byteCount)
        }
        // A tunnel that carries something else is a packet of its own.
        if walk.found.offset >= 0 { counters.other = others }
    }

    /// Reads one header, and says which is next.
    @inline(__always)
    private mutating func take(
        _ step: Step,
        _ frame: RawSpan,
        _ walk: inout Walk,
        _ packet: inout Packet
    ) throws(WireError) -> Step {
        switch step {
        case .ethernet:
            let header = try EthernetHeader(frame.extracting(walk.offset..<walk.end))
            walk.surroundings.linkOffset = Int32(truncatingIfNeeded: walk.offset)
            walk.offset += EthernetHeader.length
            let type = header.etherType
            return type == 0x0800 ? .ipv4 : .etherType(type)
        case .ipv4:
            return try ipv4(frame, &walk)
        case .ipv6:
            return try ipv6(frame, &walk)
        case .transport(6):
            try tcp(frame, &walk, &packet)
            return .done
        case .transport(17):
            return try udp(frame, &walk, &packet)
        case .transport(let number):
            return try transport(number, frame, &walk, &packet)
        case .done:
            return .done
        default:
            return try shim(step, frame, &walk, &packet)
        }
    }

    /// Writes what was found into the packet: canonical order, key, hash.
    @inline(__always)
    mutating func seal(_ found: Found, _ packet: inout Packet) {
        guard found.offset >= 0 else { return }
        let sourcePort = found.ports >> 16
        let destinationPort = found.ports & 0xffff
        var flags = found.flags
        let reversed: Bool
        if !found.isIPv6 {
            flags.insert(.ipv4)
            reversed =
                found.sourceHigh << 16 | UInt64(sourcePort) > found.destinationHigh << 16 | UInt64(destinationPort)
            packet.key0 =
                reversed
                ? found.destinationHigh << 32 | found.sourceHigh : found.sourceHigh << 32 | found.destinationHigh
        } else {
            flags.insert(.ipv6)
            if found.sourceHigh != found.destinationHigh {
                reversed = found.sourceHigh > found.destinationHigh
            } else if found.sourceLow != found.destinationLow {
                reversed = found.sourceLow > found.destinationLow
            } else {
                reversed = sourcePort > destinationPort
            }
            packet.key0 = reversed ? found.destinationHigh : found.sourceHigh
            packet.key1 = reversed ? found.destinationLow : found.sourceLow
            packet.key2 = reversed ? found.sourceHigh : found.destinationHigh
            packet.key3 = reversed ? found.sourceLow : found.destinationLow
        }
        if reversed { flags.insert(.reversed) }
        let ports = reversed ? destinationPort << 16 | sourcePort : found.ports
        let transport = UInt64(found.protocolNumber) << 32 | UInt64(ports)
        packet.transport = transport
        packet.hash =
            found.isIPv6
            ? seed.mix(packet.key0, packet.key1, packet.key2, packet.key3, transport)
            : seed.mix(packet.key0, transport)
        packet.flags = flags
        packet.length = found.length
        packet.fragmentIdentifier = found.fragmentIdentifier
        packet.segment = found.surroundings.segment
        packet.vlan = found.surroundings.vlan
        packet.linkOffset = found.surroundings.linkOffset
        packet.tunnels = found.surroundings.tunnels
        packet.tunnelIdentifier = found.surroundings.identifier
        packet.outerOffset = found.surroundings.outerOffset
        packet.outerPorts = found.surroundings.outerPorts
        if let kind = found.surroundings.tunnels.innermost { counters.tunnels[Int(kind.rawValue)] += 1 }
    }
}
