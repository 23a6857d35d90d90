/// An IP authentication header: protocol 51, signs the packet and leaves it readable.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Next Header   |  Payload Len  |          RESERVED             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                 Security Parameters Index (SPI)               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~        Sequence number, integrity check value ...             ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 4302, section 2. A stated length of 0 leaves no room for the sequence number, yet such packets are seen and
/// their next header is where the length says: they are read.
@frozen public struct AHHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 8, bytes.byteCount >= (Int(bytes[1]) &+ 2) &* 4 else { throw .truncated(.ah) }
        self.bytes = bytes
    }

    /// Bytes of this header. The field counts words of four, less two: unlike every other extension header of IPv6.
    @inlinable public var length: Int { (Int(bytes[1]) &+ 2) &* 4 }

    /// The IP protocol number of what comes next.
    @inlinable public var nextHeader: UInt8 { bytes[0] }

    /// The receiver's name for the security association.
    @inlinable public var securityParametersIndex: UInt32 { bytes.bigEndian(UInt32.self, at: 4) }
}
