/// A PPPoE header: between an Ethernet header (EtherType 0x8864, or 0x8863 for discovery) and a PPP frame.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  VER  | TYPE  |      CODE     |          SESSION_ID           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            LENGTH             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 2516, section 4.
@frozen public struct PPPoEHeader: ~Escapable {
    @inlinable public static var length: Int { 6 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.pppoe) }
        guard bytes.provenBigEndian(UInt8.self, at: 0) == 0x11 else { throw .malformed(.pppoe) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// Whether a PPP frame follows, and not discovery (code 0 is session data).
    @inlinable public var isSession: Bool { bytes.provenBigEndian(UInt8.self, at: 1) == 0 }

    /// The session, which with the two hardware addresses is unique.
    @inlinable public var sessionIdentifier: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }

    /// Bytes of payload, as stated; the Ethernet frame may be padded beyond.
    @inlinable public var payloadLength: UInt16 { bytes.provenBigEndian(UInt16.self, at: 4) }
}
