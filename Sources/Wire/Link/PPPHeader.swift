/// A PPP header: in front of a packet on a serial line, or in PPPoE, L2TP and PPTP. LINKTYPE 9 and 50.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Address 0xff  |  Control 0x03 |            Protocol           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 1661, section 2, and RFC 1662, section 3.1. Address and control may be left out, and the protocol's first octet
/// when it is zero: no octet but a protocol's last is odd, so what is there shows.
@frozen public struct PPPHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// Bytes of this header: 1 to 4.
    public let length: Int

    /// Which protocol comes next: 0x21 is IPv4, 0x57 IPv6, from 0xc000 on PPP's own control.
    public let protocolNumber: UInt16

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 2 else { throw .truncated(.ppp) }
        let start = bytes.bigEndian(UInt16.self, at: 0) == 0xff03 ? 2 : 0
        guard bytes.byteCount > start else { throw .truncated(.ppp) }
        if bytes[start] & 1 != 0 {
            length = start &+ 1
            protocolNumber = UInt16(bytes[start])
        } else {
            guard bytes.byteCount >= start &+ 2 else { throw .truncated(.ppp) }
            length = start &+ 2
            protocolNumber = bytes.bigEndian(UInt16.self, at: start)
        }
        self.bytes = bytes
    }

    /// What comes next, as an EtherType; `nil` for PPP's own control and for what nobody sends.
    @inlinable public var etherType: UInt16? {
        switch protocolNumber {
        case 0x0021: 0x0800
        case 0x0057: 0x86dd
        case 0x0281: 0x8847
        case 0x0283: 0x8848
        default: nil
        }
    }
}
