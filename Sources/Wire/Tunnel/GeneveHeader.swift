/// A Geneve header: between an outer UDP header (port 6081) and the frame or packet its protocol type names.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Ver|  Opt Len  |O|C|    Rsvd.  |          Protocol Type        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        Virtual Network Identifier (VNI)       |    Reserved   |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                    Variable-Length Options                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8926, section 3.4. Options are stepped over: a monitor is no tunnel endpoint, so even a critical one that it
/// does not know need not stop it.
@frozen public struct GeneveHeader: ~Escapable {
    /// Bytes there are before the options.
    @inlinable static var minimumLength: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.geneve) }
        // Section 3.4: packets with an unknown version are to be dropped.
        guard bytes.provenBigEndian(UInt8.self, at: 0) >> 6 == 0 else { throw .malformed(.geneve) }
        self.bytes = bytes
        guard bytes.byteCount >= length else { throw .truncated(.geneve) }
    }

    /// Bytes of this header, options included.
    @inlinable public var length: Int {
        Self.minimumLength &+ Int(bytes.provenBigEndian(UInt8.self, at: 0) & 63) &* 4
    }

    /// Whether the payload is a control message between tunnel endpoints and not somebody's traffic.
    @inlinable public var isControl: Bool { bytes.provenBigEndian(UInt8.self, at: 1) & 0x80 != 0 }

    /// Whether an option is there that an endpoint must understand or drop the packet.
    @inlinable public var hasCriticalOptions: Bool { bytes.provenBigEndian(UInt8.self, at: 1) & 0x40 != 0 }

    /// What comes next, as an EtherType: 0x6558 is an Ethernet frame.
    @inlinable public var protocolType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }

    /// The 24-bit identifier of the overlay network this frame belongs to.
    @inlinable public var networkIdentifier: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) >> 8 }
}
