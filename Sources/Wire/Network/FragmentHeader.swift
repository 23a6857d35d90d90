/// The IPv6 extension header of a packet that was sent in pieces: next header 44.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                         Identification                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8200, section 4.5.
@frozen public struct FragmentHeader: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.fragment) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// The IP protocol number of what the whole packet carries; in later pieces too.
    @inlinable public var nextHeader: UInt8 { bytes.provenBigEndian(UInt8.self, at: 0) }

    /// Where this piece belongs, in bytes from the start of what is fragmented.
    @inlinable public var offset: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) & 0xfff8 }

    /// Whether pieces with a higher offset exist.
    @inlinable public var hasMoreFragments: Bool { bytes.provenBigEndian(UInt8.self, at: 3) & 1 != 0 }

    /// What all pieces of one packet between the same two addresses share.
    @inlinable public var identification: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) }

    /// Whether this is the packet's only piece (RFC 6946).
    @inlinable public var isAtomic: Bool { bytes.provenBigEndian(UInt16.self, at: 2) & 0xfff9 == 0 }
}
