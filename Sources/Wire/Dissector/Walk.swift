/// Where the dissector stands in one frame, and what it has learned on the way in.
///
/// All offsets count from the frame's first byte.
struct Walk {
    /// The next byte to read.
    var offset = 0

    /// The first byte that does not belong to what is being read: end of the captured bytes, or of an IP packet.
    var end: Int

    /// The same on the wire; beyond `end` when the snapshot cut the frame.
    var wireEnd: Int

    /// What surrounds the header that is read next.
    var surroundings = Surroundings()

    /// Tags, labels and extension headers passed so far: chains of them are finite, but not short, in hostile frames.
    var hops = 0

    /// The innermost IP packet found so far.
    var found = Found()

    /// Ports of the UDP header last read, the source's in the high half: a tunnel's, should one begin here.
    var udpPorts: UInt32 = 0

    init(captured: Int, wire: Int) {
        end = captured
        wireEnd = max(captured, wire)
    }

    /// More than any frame that works carries.
    static var maximumHops: Int { 32 }

    /// Counts one more header of a chain.
    mutating func hop(_ layer: Layer) throws(WireError) {
        hops += 1
        if hops > Self.maximumHops { throw .malformed(layer) }
    }

    /// Enters a tunnel whose payload starts at `offset`; false when tunnels are too deep already.
    mutating func enter(_ kind: TunnelKind, identifier: UInt32 = 0) -> Bool {
        if surroundings.tunnels.isFull { return false }
        surroundings.tunnels.push(kind)
        surroundings.identifier = identifier
        surroundings.vlan = 0
        surroundings.outerOffset = found.offset
        surroundings.outerPorts = udpPorts
        if kind.namesSegment { surroundings.segment = Packet.segmentIsNamed | identifier & 0xff_ffff }
        udpPorts = 0
        return true
    }
}

/// What lies around a header: it becomes part of the packet as soon as an IP header is found inside.
struct Surroundings {
    var segment: UInt32 = 0
    var vlan: UInt32 = 0
    var tunnels = TunnelStack()
    var identifier: UInt32 = 0
    var outerOffset: Int32 = -1
    var outerPorts: UInt32 = 0
    var linkOffset: Int32 = -1
}

/// The innermost IP packet found so far.
struct Found {
    var surroundings = Surroundings()
    /// Where its IP header begins; -1 before the first.
    var offset: Int32 = -1
    var isIPv6 = false
    /// IPv4 addresses, or the high halves of IPv6 ones.
    var sourceHigh: UInt64 = 0
    var destinationHigh: UInt64 = 0
    /// The low halves of IPv6 addresses.
    var sourceLow: UInt64 = 0
    var destinationLow: UInt64 = 0
    var length: UInt32 = 0
    var protocolNumber: UInt8 = 0
    /// Source port in the high half.
    var ports: UInt32 = 0
    var flags: Packet.Flags = []
    var fragmentIdentifier: UInt32 = 0
}
