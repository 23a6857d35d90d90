public import Addressing

/// What may stand between an outer UDP header (port 3544) and the IPv6 packet that Teredo carries; often nothing.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      0x00     |      0x01     |     ID-len    |     AU-len    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ Client identifier, authentication value, nonce (8), confirm (1)~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      0x00     |      0x00     |    Origin port, inverted      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                Origin IPv4 address, inverted                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 4380, section 5.1.1: the authentication, when there, comes before the origin indication.
@frozen public struct TeredoHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// Where the origin indication starts; the header's end when there is none.
    @usableFromInline let originOffset: Int

    /// Bytes before the IPv6 packet.
    public let length: Int

    /// Bytes past the indications must begin an IPv6 packet; anything else on the port is malformed.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        var offset = 0
        guard bytes.byteCount >= 4 else { throw .truncated(.teredo) }
        if bytes.bigEndian(UInt16.self, at: 0) == 1 {
            offset = 13 &+ Int(bytes[2]) &+ Int(bytes[3])
        }
        originOffset = offset
        guard bytes.byteCount >= offset &+ 2 else { throw .truncated(.teredo) }
        if bytes.bigEndian(UInt16.self, at: offset) == 0 {
            offset &+= 8
        }
        guard bytes.byteCount > offset else { throw .truncated(.teredo) }
        guard bytes[offset] >> 4 == 6 else { throw .malformed(.teredo) }
        self.bytes = bytes
        length = offset
    }

    /// Whether client and server prove to each other who they are.
    @inlinable public var isAuthenticated: Bool { originOffset > 0 }

    /// The client's address before the first translation, as the server saw it, when the server says so.
    @inlinable public var origin: (address: IPv4Address, port: UInt16)? {
        guard length > originOffset else { return nil }
        return (
            IPv4Address(bits: ~bytes.bigEndian(UInt32.self, at: originOffset &+ 4)),
            ~bytes.bigEndian(UInt16.self, at: originOffset &+ 2)
        )
    }
}
