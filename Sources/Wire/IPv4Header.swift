/// An IPv4 header.
///
///      0                   1                   2                   3
///     +-------+-------+---------------+-------------------------------+
///     |Version|  IHL  |      TOS      |          total length         |
///     +-------+-------+---------------+-----+-------------------------+
///     |         identification        |0|D|M|     fragment offset     |
///     +---------------+---------------+-----+-------------------------+
///     |      TTL      |   protocol    |        header checksum        |
///     +---------------+---------------+-------------------------------+
///     |                         source address                        |
///     +---------------------------------------------------------------+
///     |                      destination address                      |
///     +---------------------------------------------------------------+
///     |                  options, up to 40 bytes …                    |
///     +---------------------------------------------------------------+
///
/// RFC 791, section 3.1. Checksums are not looked at: offloading makes them wrong on the hosts we watch.
@frozen public struct IPv4Header: ~Escapable {
    /// Twenty bytes without options.
    @inlinable public static var minimumLength: Int { 20 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than twenty bytes are there, and with `.malformed` when the version is not 4,
    /// the header is shorter than twenty bytes, or the total length is shorter than the header (and not 0, as TSO
    /// leaves it). Options may be cut off by a snapshot: `length` can exceed the bytes that are there.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.ipv4) }
        self.bytes = bytes
        let total = totalLength
        guard version == 4, length >= Self.minimumLength, total >= length || total == 0 else {
            throw .malformed(.ipv4)
        }
    }

    @inlinable var version: UInt8 { bytes.provenBigEndian(UInt8.self, at: 0) >> 4 }

    /// The header's length with options, 20…60.
    @inlinable public var length: Int { Int(bytes.provenBigEndian(UInt8.self, at: 0) & 15) &* 4 }

    /// Header and payload, in bytes; 0 in a super-frame that the network card was to cut.
    @inlinable public var totalLength: Int { Int(bytes.provenBigEndian(UInt16.self, at: 2)) }

    /// What fragments of one datagram have in common.
    @inlinable public var identification: UInt16 { bytes.provenBigEndian(UInt16.self, at: 4) }

    /// Flags and fragment offset as they stand.
    @inlinable var fragmentation: UInt16 { bytes.provenBigEndian(UInt16.self, at: 6) }

    /// Whether more fragments follow, or this is one of the later ones.
    @inlinable public var isFragment: Bool { fragmentation & 0x3fff != 0 }

    /// Whether the transport header is in another fragment.
    @inlinable public var isLaterFragment: Bool { fragmentation & 0x1fff != 0 }

    /// The protocol number of the payload.
    @inlinable public var payloadProtocol: UInt8 { bytes.provenBigEndian(UInt8.self, at: 9) }

    /// The sender, as a number.
    @inlinable public var source: UInt32 { bytes.provenBigEndian(UInt32.self, at: 12) }

    /// The receiver, as a number.
    @inlinable public var destination: UInt32 { bytes.provenBigEndian(UInt32.self, at: 16) }
}
