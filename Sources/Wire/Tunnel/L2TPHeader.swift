/// An L2TP header: between an outer UDP (port 1701) or IP (protocol 115) header and a frame of some link.
///
/// Version 2 carries PPP, over UDP only:
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (if L)        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |           Tunnel ID           |           Session ID          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |             Ns (if S)         |             Nr (if S)         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      Offset Size (if O)       |    Offset pad... (if O)
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// Version 3 data has a 32-bit session ID (over UDP after four bytes of flags, version and reserved), then a cookie of
/// 0, 4 or 8 bytes and a sublayer of 0 or 4: lengths that only the two ends know.
///
/// RFC 2661, section 3.1, and RFC 3931, section 4.1.
@frozen public struct L2TPHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// 2 or 3.
    public let version: UInt8

    /// Bytes of this header, with the cookie and sublayer when an Ethernet frame was found after them.
    public let length: Int

    /// Whether this is a message between the tunnel's ends.
    public let isControl: Bool

    /// What comes next, as an EtherType: 0x880b is a PPP frame, 0x6558 an Ethernet frame. `nil` for control, and for
    /// what we cannot tell: the link type of a version 3 session is not in the packet.
    public let protocolType: UInt16?

    /// The receiver's name for the session, of 16 bits in version 2; 0 in control messages that concern none.
    public let sessionIdentifier: UInt32

    /// A header after UDP, of either version.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 6 else { throw .truncated(.l2tp) }
        let flags = bytes.bigEndian(UInt16.self, at: 0)
        isControl = flags & 0x8000 != 0
        switch flags & 0xf {
        case 2:
            let hasLength = flags & 0x4000 != 0
            let identifiers = hasLength ? 4 : 2
            var end = identifiers &+ 4
            if flags & 0x0800 != 0 { end &+= 4 }
            if flags & 0x0200 != 0 {
                guard bytes.byteCount >= end &+ 2 else { throw .truncated(.l2tp) }
                end &+= 2 &+ Int(bytes.bigEndian(UInt16.self, at: end))
            }
            guard bytes.byteCount >= end else { throw .truncated(.l2tp) }
            // Section 3.1: control messages have a length and sequence numbers and no offset; no message is shorter
            // than its header.
            guard !isControl || flags & 0x4a00 == 0x4800,
                !hasLength || Int(bytes.bigEndian(UInt16.self, at: 2)) >= end
            else { throw .malformed(.l2tp) }
            self.bytes = bytes
            version = 2
            length = end
            protocolType = isControl ? nil : 0x880b
            sessionIdentifier = UInt32(bytes.bigEndian(UInt16.self, at: identifiers &+ 2))
        case 3:
            guard bytes.byteCount >= 8 else { throw .truncated(.l2tp) }
            self.bytes = bytes
            version = 3
            sessionIdentifier = isControl ? 0 : bytes.bigEndian(UInt32.self, at: 4)
            let ethernet = isControl ? nil : Self.ethernetOffset(in: bytes, from: 8)
            protocolType = ethernet == nil ? nil : 0x6558
            length = ethernet ?? 8
        default:
            throw .malformed(.l2tp)
        }
    }

    /// A version 3 header right after IP. Session 0 is control.
    @_lifetime(copy bytes)
    public init(afterIP bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 4 else { throw .truncated(.l2tp) }
        self.bytes = bytes
        version = 3
        sessionIdentifier = bytes.bigEndian(UInt32.self, at: 0)
        let ethernet = sessionIdentifier == 0 ? nil : Self.ethernetOffset(in: bytes, from: 4)
        isControl = sessionIdentifier == 0
        protocolType = ethernet == nil ? nil : 0x6558
        length = ethernet ?? 4
    }

    /// Where, after any of the possible cookies and sublayers, an Ethernet frame holds together: an EtherType that is
    /// ours to read, and after it the first bytes that belong to it.
    static func ethernetOffset(in bytes: RawSpan, from start: Int) -> Int? {
        for skipped in stride(from: 0, through: 12, by: 4) {
            let type = start &+ skipped &+ 12
            guard bytes.byteCount >= type &+ 4 else { return nil }
            let first = bytes[type &+ 2]
            let holds =
                switch bytes.bigEndian(UInt16.self, at: type) {
                case 0x0800: (0x45...0x4f).contains(first)
                case 0x86dd: first >> 4 == 6
                case 0x0806: bytes.bigEndian(UInt16.self, at: type &+ 2) == 1
                case 0x8100, 0x88a8:
                    bytes.byteCount >= type &+ 6 && bytes.bigEndian(UInt16.self, at: type &+ 4) >= 0x600
                default: false
                }
            if holds { return start &+ skipped }
        }
        return nil
    }

    /// The receiver's name for the tunnel; version 2 only.
    @inlinable public var tunnelIdentifier: UInt16? {
        version == 2 ? bytes.bigEndian(UInt16.self, at: bytes[0] & 0x40 != 0 ? 4 : 2) : nil
    }
}
