/// A VXLAN header: the eight bytes between an outer UDP header and the Ethernet frame it carries.
///
///      0                   1                   2                   3
///     +-+-+-+-+-+-+-+-+-----------------------------------------------+
///     |G|R|R|R|I|P|R|R|          group policy, next protocol          |
///     +-+-+-+-+-+-+-+-+-------------------------------+---------------+
///     |           VXLAN network identifier            |   reserved    |
///     +-----------------------------------------------+---------------+
///
/// RFC 7348, section 5. Reserved bits are ignored on receipt, as it asks; the group policy extension uses some of them.
@frozen public struct VXLANHeader: ~Escapable {
    /// Eight bytes.
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than eight bytes are there, with `.malformed` when the I flag is clear: the
    /// identifier is then undefined and nothing after it can be trusted.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.vxlan) }
        guard bytes.provenBigEndian(UInt8.self, at: 0) & 0x08 != 0 else { throw .malformed(.vxlan) }
        self.bytes = bytes
    }

    /// The 24-bit identifier of the overlay network the frame belongs to.
    @inlinable public var networkIdentifier: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) >> 8 }
}
