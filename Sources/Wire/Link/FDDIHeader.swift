public import Addressing

/// The header of a frame on a fibre ring. LINKTYPE 10.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Frame control |           Destination (6), source (6)         ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// ISO 9314-2, section 7; tcpdump.org, LINKTYPE_FDDI.
@frozen public struct FDDIHeader: ~Escapable {
    @inlinable public static var length: Int { 13 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.fddi) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// Whether an LLC header follows, and not the ring's own management.
    @inlinable public var carriesLLC: Bool { bytes[0] & 0x30 == 0x10 }

    /// Who the frame is meant for.
    @inlinable public var destination: MACAddress { MACAddress(bits: bytes.bigEndian(UInt64.self, at: 1) >> 16) }

    /// Who sent it.
    @inlinable public var source: MACAddress { MACAddress(bits: bytes.bigEndian(UInt64.self, at: 5)) }
}
