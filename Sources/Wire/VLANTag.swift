/// One VLAN tag, as it follows a tag protocol identifier (0x8100, 0x88a8, 0x9100, 0x9200).
///
///      0                   1                   2                   3
///     +-----+-+-----------------------+-------------------------------+
///     | PCP |D|  VLAN identifier (12) |  EtherType of what follows    |
///     +-----+-+-----------------------+-------------------------------+
///
/// IEEE Std 802.1Q-2022, section 9.6.
@frozen public struct VLANTag: ~Escapable {
    /// Four bytes, the tag protocol identifier before it not counted.
    @inlinable public static var length: Int { 4 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than four bytes are there.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.vlan) }
        self.bytes = bytes
    }

    /// The VLAN; 0 is a tag that only carries a priority and names none.
    @inlinable public var identifier: UInt16 {
        bytes.provenBigEndian(UInt16.self, at: 0) & 0x0fff
    }

    /// The type of what follows the tag.
    @inlinable public var etherType: UInt16 {
        bytes.provenBigEndian(UInt16.self, at: 2)
    }
}
