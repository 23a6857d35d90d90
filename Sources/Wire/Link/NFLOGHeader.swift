/// What the kernel's packet log writes in front of a packet: a family and attributes, the packet being one of them.
/// LINKTYPE 239.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    Family     |  Version, 0   |     Resource identifier       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Attribute length (host order)|  Attribute type (host order)  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~            Value, padded to a multiple of four ...            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// linux/netfilter/nfnetlink_log.h; tcpdump.org, LINKTYPE_NFLOG.
@frozen public struct NFLOGHeader: ~Escapable {
    /// Attributes that are looked at; the kernel knows about twenty, each once.
    @usableFromInline static var maximumAttributes: Int { 64 }

    @usableFromInline let bytes: RawSpan

    /// Bytes before the packet, its attribute's own header included.
    public let length: Int

    /// What comes next, as an EtherType; `nil` when neither family nor packet header says so.
    public let etherType: UInt16?

    /// Malformed when an attribute contradicts itself, or when none of them is the packet.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 8 else { throw .truncated(.nflog) }
        guard bytes[1] == 0 else { throw .malformed(.nflog) }
        // All types are small, so that the byte that is not zero tells in which order the kernel wrote.
        let isLittleEndian = bytes[6] != 0
        var offset = 4
        var hardwareProtocol: UInt16?
        for _ in 0..<Self.maximumAttributes {
            guard bytes.byteCount >= offset &+ 4 else { throw .truncated(.nflog) }
            let words = (bytes.bigEndian(UInt16.self, at: offset), bytes.bigEndian(UInt16.self, at: offset &+ 2))
            let size = Int(isLittleEndian ? words.0.byteSwapped : words.0)
            // The two highest bits are flags of netlink.
            let type = (isLittleEndian ? words.1.byteSwapped : words.1) & 0x3fff
            guard size >= 4 else { throw .malformed(.nflog) }
            switch type {
            case 1 where size >= 8 && bytes.byteCount >= offset &+ 8:  // NFULA_PACKET_HDR, in network order
                hardwareProtocol = bytes.bigEndian(UInt16.self, at: offset &+ 4)
            case 9:  // NFULA_PAYLOAD
                self.bytes = bytes
                length = offset &+ 4
                etherType = Self.etherType(family: bytes[0], hardwareProtocol: hardwareProtocol)
                return
            default: break
            }
            offset &+= (size &+ 3) & ~3
        }
        throw .malformed(.nflog)
    }

    private static func etherType(family: UInt8, hardwareProtocol: UInt16?) -> UInt16? {
        switch family {
        case 2: 0x0800  // NFPROTO_IPV4
        case 10: 0x86dd  // NFPROTO_IPV6
        case 3: 0x0806  // NFPROTO_ARP
        default: hardwareProtocol
        }
    }
}
