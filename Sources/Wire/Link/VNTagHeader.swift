/// Cisco's tag for the virtual interfaces of an adapter: after EtherType 0x8926, in front of the frame's own.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |D|P|     Destination VIF       |L|R|Ver|      Source VIF       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |           EtherType           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// "Network Interface Virtualization (NIV)", as proposed to IEEE 802.1 in 2010.
@frozen public struct VNTagHeader: ~Escapable {
    @inlinable public static var length: Int { 6 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.vntag) }
        guard bytes.provenBigEndian(UInt8.self, at: 2) & 0x30 == 0 else { throw .malformed(.vntag) }
        self.bytes = bytes
    }

    /// Bytes of this header, the EtherType included.
    @inlinable public var length: Int { Self.length }

    /// What comes next.
    @inlinable public var etherType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 4) }

    /// The 14-bit number of the interface, or list of interfaces, the frame goes to.
    @inlinable public var destinationInterface: UInt16 { bytes.provenBigEndian(UInt16.self, at: 0) & 0x3fff }

    /// The 12-bit number of the interface the frame came from.
    @inlinable public var sourceInterface: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) & 0xfff }
}
