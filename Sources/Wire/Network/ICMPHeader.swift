/// The eight bytes that every ICMP message starts with: IP protocol 1.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Type      |     Code      |          Checksum             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Queries: Identifier       |       Sequence Number         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 792. After them, errors quote the packet they are about: it is no flow.
@frozen public struct ICMPHeader: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.icmp) }
        self.bytes = bytes
    }

    /// Bytes before what the message carries.
    @inlinable public var length: Int { Self.length }

    /// What kind of message it is: 8 asks for an echo, 0 is the echo, 3 says that something cannot be reached.
    @inlinable public var type: UInt8 { bytes.provenBigEndian(UInt8.self, at: 0) }

    /// What exactly, within the type.
    @inlinable public var code: UInt8 { bytes.provenBigEndian(UInt8.self, at: 1) }

    /// Whether the message is about another packet, which it then quotes.
    @inlinable public var isError: Bool {
        switch type {
        case 3, 4, 5, 11, 12: true
        default: false
        }
    }

    /// What tells apart queries between the same two hosts; `nil` for messages that are neither query nor answer.
    @inlinable public var identifier: UInt16? {
        switch type {
        case 0, 8, 13...18: bytes.provenBigEndian(UInt16.self, at: 4)
        default: nil
        }
    }
}
