/// An 802.2 LLC header, with SNAP where it is there: after an 802.3, FDDI or 802.11 header.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     DSAP      |     SSAP      |Control (1-2)  |   OUI (3)     ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                               |      Protocol identifier      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// ISO/IEC 8802-2, section 3.2, and IEEE Std 802-2014, section 9.2.
@frozen public struct LLCHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// Bytes of this header: 8 with SNAP, else 3 or 4; 0 for Novell's raw 802.3, which has none.
    public let length: Int

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 3 else { throw .truncated(.llc) }
        switch bytes.bigEndian(UInt16.self, at: 0) {
        // An IPX header, which starts with a checksum that was never computed.
        case 0xffff: length = 0
        case 0xaaaa where bytes[2] == 3: length = 8
        // Only unnumbered frames have a control field of one octet.
        default: length = bytes[2] & 3 == 3 ? 3 : 4
        }
        guard bytes.byteCount >= length else { throw .truncated(.llc) }
        self.bytes = bytes
    }

    /// What comes next, where SNAP says it with an EtherType (RFC 1042) or the service access point is IP's own.
    @inlinable public var etherType: UInt16? {
        if length == 8 {
            let organization = bytes.bigEndian(UInt32.self, at: 2) & 0xff_ffff
            // The second is for bridges, IEEE Std 802.1H, and means the same here.
            return organization == 0 || organization == 0xf8 ? bytes.bigEndian(UInt16.self, at: 6) : nil
        }
        return length == 3 && bytes.bigEndian(UInt16.self, at: 0) == 0x0606 && bytes[2] == 3 ? 0x0800 : nil
    }
}
