/// What a frame carries at its innermost, and where that lies: what is left when all tunnels are taken off.
///
/// All offsets count from the frame's first byte. Without a tunnel it is the frame as it is.
public struct CarriedPacket {
    /// What the flow table would know of it; its key is not filled in where the frame carries no IP.
    public let packet: Packet
    /// The first byte of the innermost Ethernet header, where the innermost tunnel carries Ethernet, else of the IP header.
    public let start: Int
    /// Behind the last byte of it that was captured.
    public let end: Int
    /// Bytes it had on the wire, from `start` on; at least those that were captured.
    public let wireLength: Int
    /// The LINKTYPE_ number of its first header: Ethernet, raw IP (101), or the frame's own.
    public let linkType: UInt16

    /// Whether a tunnel was taken off.
    public var isDecapsulated: Bool { start > 0 }
}

extension Dissector {
    /// Looks through a frame for what it carries. For whoever needs the place of it: flows are counted without.
    public mutating func carried(_ frame: RawSpan, linkType: UInt16, wireLength: Int) -> CarriedPacket {
        var packet = Packet()
        var walk = Walk(captured: frame.byteCount, wire: wireLength)
        var bounds = CarriedBounds(walk)
        follow(frame, linkType, wireLength, &walk, &packet) { bounds.note($0) }
        seal(walk.found, &packet)
        // What carries no IP, such as ARP, has its network all the same.
        if walk.found.offset < 0, walk.surroundings.tunnels.bits == 0 { packet.vlan = walk.surroundings.vlan }
        let length = max(wireLength, frame.byteCount)
        guard walk.found.offset >= 0, !packet.tunnels.isEmpty else {
            return CarriedPacket(packet: packet, start: 0, end: frame.byteCount, wireLength: length, linkType: linkType)
        }
        let address = Int(walk.found.offset)
        let isEthernet = packet.linkOffset > packet.outerOffset
        let start = isEthernet ? Int(packet.linkOffset) : address
        let end = isEthernet ? bounds.end : bounds.packetEnd
        var wireEnd = isEthernet ? bounds.wireEnd : bounds.packetWireEnd
        // The rest is in the fragments behind this one.
        if bounds.isFragment { wireEnd = max(wireEnd, address + Int(packet.length)) }
        return CarriedPacket(
            packet: packet,
            start: start,
            end: max(start, end),
            wireLength: max(wireEnd, end) - start,
            linkType: isEthernet ? 1 : 101
        )
    }
}

/// How far what is in the tunnels goes, noted while a frame is walked through.
private struct CarriedBounds {
    /// Of what the innermost tunnel around an IP packet carries.
    private(set) var end: Int
    private(set) var wireEnd: Int
    /// Of that IP packet.
    private(set) var packetEnd: Int
    private(set) var packetWireEnd: Int
    /// Whether any packet around it was a fragment.
    private(set) var isFragment = false

    private var tunnels: UInt32 = 0
    private var found: Int32 = -1
    /// The same of the tunnel entered last, in which there may be no IP.
    private var entered: (end: Int, wireEnd: Int, isFragment: Bool)

    init(_ walk: Walk) {
        end = walk.end
        wireEnd = walk.wireEnd
        packetEnd = walk.end
        packetWireEnd = walk.wireEnd
        entered = (walk.end, walk.wireEnd, false)
    }

    mutating func note(_ walk: Walk) {
        if walk.surroundings.tunnels.bits != tunnels {
            tunnels = walk.surroundings.tunnels.bits
            let isFragment = entered.isFragment || walk.found.flags.contains(.firstFragment)
            entered = (walk.end, walk.wireEnd, isFragment)
        }
        guard walk.found.offset != found else { return }
        found = walk.found.offset
        (end, wireEnd, isFragment) = entered
        packetEnd = walk.end
        packetWireEnd = walk.wireEnd
    }
}
