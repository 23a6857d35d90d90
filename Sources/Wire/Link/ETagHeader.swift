/// The tag of bridge port extension: after EtherType 0x893f, in front of the frame's own.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |E-PCP|D|  Ingress E-CID base   |Res|GRP|      E-CID base       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Ingress E-CID e|  E-CID ext    |           EtherType           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// IEEE Std 802.1BR-2012, section 7.5.
@frozen public struct ETagHeader: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.etag) }
        self.bytes = bytes
    }

    /// Bytes of this header, the EtherType included.
    @inlinable public var length: Int { Self.length }

    /// What comes next.
    @inlinable public var etherType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 6) }

    /// The low 14 bits of the channel the frame goes along: its group and its base.
    @inlinable public var channelBase: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) & 0x3fff }
}
