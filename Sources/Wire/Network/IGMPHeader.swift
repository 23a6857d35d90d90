public import Addressing

/// An IGMP message: which multicast groups a host wants to hear. IP protocol 2.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      Type     | Max Resp Time |           Checksum            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                         Group Address                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 2236, section 2, and RFC 3376, section 4.
@frozen public struct IGMPHeader: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.igmp) }
        self.bytes = bytes
    }

    /// What kind of message it is: 0x11 asks; 0x12, 0x16 and 0x22 report, in versions 1, 2 and 3; 0x17 leaves.
    @inlinable public var type: UInt8 { bytes[0] }

    /// The group it is about, 0.0.0.0 for all; `nil` for reports of version 3, which list groups further on.
    @inlinable public var group: IPv4Address? {
        type == 0x22 ? nil : IPv4Address(bits: bytes.bigEndian(UInt32.self, at: 4))
    }
}
