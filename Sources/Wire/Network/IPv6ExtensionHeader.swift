/// An extension header of IPv6 of the common form: hop-by-hop (0), routing (43), destination (60), mobility (135),
/// HIP (139) and Shim6 (140).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Next Header  |  Hdr Ext Len  |                               ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                   Header-specific data ...                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8200, section 4, and RFC 6564. Fragment (44) and authentication (51) headers have forms of their own.
@frozen public struct IPv6ExtensionHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// `layer` is what is counted when the header cannot be read, since nothing in it says which it is.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, layer: Layer) throws(WireError) {
        guard bytes.byteCount >= 8, bytes.byteCount >= (Int(bytes[1]) &+ 1) &* 8 else { throw .truncated(layer) }
        self.bytes = bytes
    }

    /// Bytes of this header. The field counts words of eight, less one.
    @inlinable public var length: Int { (Int(bytes.provenBigEndian(UInt8.self, at: 1)) &+ 1) &* 8 }

    /// The IP protocol number of what comes next; 59 when nothing does.
    @inlinable public var nextHeader: UInt8 { bytes.provenBigEndian(UInt8.self, at: 0) }
}
