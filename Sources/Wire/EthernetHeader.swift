public import Addressing

/// An Ethernet II header: two addresses and what comes next.
///
///     +-----------------------+-----------------------+-----------+
///     |  destination (6)      |  source (6)           | type (2)  |
///     +-----------------------+-----------------------+-----------+
///
/// IEEE Std 802.3-2018, section 3.1; a type below 0x0600 is a length, and LLC follows.
@frozen public struct EthernetHeader: ~Escapable {
    /// Fourteen bytes; tags follow and have headers of their own.
    @inlinable public static var length: Int { 14 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than fourteen bytes are there.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.ethernet) }
        self.bytes = bytes
    }

    /// Whom the frame is for.
    @inlinable public var destination: MACAddress {
        MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 0) >> 16)
    }

    /// Who sent it.
    @inlinable public var source: MACAddress {
        MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 6) >> 16)
    }

    /// The EtherType, or a length when below 0x0600.
    @inlinable public var etherType: UInt16 {
        bytes.provenBigEndian(UInt16.self, at: 12)
    }
}
