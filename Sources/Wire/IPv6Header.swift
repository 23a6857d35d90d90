/// An IPv6 header, without the extension headers behind it.
///
///      0                   1                   2                   3
///     +-------+---------------+---------------------------------------+
///     |Version| traffic class |              flow label               |
///     +-------+---------------+-------+---------------+---------------+
///     |         payload length        |  next header  |   hop limit   |
///     +-------------------------------+---------------+---------------+
///     |                    source address (16 bytes)                  |
///     +---------------------------------------------------------------+
///     |                 destination address (16 bytes)                |
///     +---------------------------------------------------------------+
///
/// RFC 8200, section 3.
@frozen public struct IPv6Header: ~Escapable {
    /// Forty bytes.
    @inlinable public static var length: Int { 40 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than forty bytes are there, with `.malformed` when the version is not 6.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.ipv6) }
        guard bytes.provenBigEndian(UInt8.self, at: 0) >> 4 == 6 else { throw .malformed(.ipv6) }
        self.bytes = bytes
    }

    /// Bytes behind this header; 0 in a jumbogram or a BIG TCP super-frame.
    @inlinable public var payloadLength: Int { Int(bytes.provenBigEndian(UInt16.self, at: 4)) }

    /// The protocol of the payload, or the first extension header.
    @inlinable public var nextHeader: UInt8 { bytes.provenBigEndian(UInt8.self, at: 6) }

    /// The sender's address in two halves, as numbers.
    @inlinable public var source: (high: UInt64, low: UInt64) {
        (bytes.provenBigEndian(UInt64.self, at: 8), bytes.provenBigEndian(UInt64.self, at: 16))
    }

    /// The receiver's address in two halves, as numbers.
    @inlinable public var destination: (high: UInt64, low: UInt64) {
        (bytes.provenBigEndian(UInt64.self, at: 24), bytes.provenBigEndian(UInt64.self, at: 32))
    }
}
