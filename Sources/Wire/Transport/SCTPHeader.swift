/// An SCTP common header, with the type of the first chunk after it: IP protocol 132.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Source Port Number        |     Destination Port Number   |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      Verification Tag                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                           Checksum                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Chunk type   ~
///     +-+-+-+-+-+-+-+-+
///
/// RFC 9260, section 3.
@frozen public struct SCTPHeader: ~Escapable {
    @inlinable public static var length: Int { 12 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.sctp) }
        self.bytes = bytes
    }

    /// Bytes before the chunks.
    @inlinable public var length: Int { Self.length }

    @inlinable public var sourcePort: UInt16 { bytes.provenBigEndian(UInt16.self, at: 0) }

    @inlinable public var destinationPort: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }

    /// What the receiver chose for the association; 0 only beside an INIT chunk.
    @inlinable public var verificationTag: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) }

    /// 0 DATA, 1 INIT, 2 INIT ACK, 6 ABORT, 7 SHUTDOWN and so on; `nil` when no chunk is there.
    @inlinable public var firstChunkType: UInt8? { bytes.byteCount > Self.length ? bytes[Self.length] : nil }
}
