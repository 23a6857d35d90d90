/// The framing of Cisco's serial lines. LINKTYPE 104.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    Address    |    Control    |         Protocol code         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 1547, section 4.3.1. The address is 0x0f for one station and 0x8f for all.
@frozen public struct CiscoHDLCHeader: ~Escapable {
    @inlinable public static var length: Int { 4 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.hdlc) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// What comes next, as an EtherType; 0x8035 is the line's own keep-alive.
    @inlinable public var etherType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }
}
