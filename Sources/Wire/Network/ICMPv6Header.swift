/// The eight bytes that every ICMPv6 message starts with: IP protocol 58.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Type      |     Code      |          Checksum             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Echo: Identifier          |       Sequence Number         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 4443, section 2.1; the second word is the types' own, but all that exist have one.
@frozen public struct ICMPv6Header: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.icmpv6) }
        self.bytes = bytes
    }

    /// Bytes before what the message carries.
    @inlinable public var length: Int { Self.length }

    /// What kind of message it is: 128 asks for an echo, 129 is the echo, 1 says that something cannot be reached.
    @inlinable public var type: UInt8 { bytes.provenBigEndian(UInt8.self, at: 0) }

    /// What exactly, within the type.
    @inlinable public var code: UInt8 { bytes.provenBigEndian(UInt8.self, at: 1) }

    /// Whether the message is about another packet, which it then quotes.
    @inlinable public var isError: Bool { type < 128 }

    /// Whether `NeighbourDiscovery` reads it: solicitations, advertisements and redirects.
    @inlinable public var isNeighbourDiscovery: Bool { 133...137 ~= type }

    /// What tells apart echoes between the same two hosts; `nil` for all other messages.
    @inlinable public var identifier: UInt16? {
        type == 128 || type == 129 ? bytes.provenBigEndian(UInt16.self, at: 4) : nil
    }
}
