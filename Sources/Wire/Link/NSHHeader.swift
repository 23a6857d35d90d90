/// A network service header: what steers a packet through a chain of services, in front of it.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Ver|O|U|    TTL    |   Length  |U|U|U|U|MD Type| Next Protocol |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          Service Path Identifier (SPI)        | Service Index |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                    Context header(s) ...                      ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8300, section 2.
@frozen public struct NSHHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 8 else { throw .truncated(.nsh) }
        // Version 0, and at least the two words that every header has.
        guard bytes[0] >> 6 == 0, bytes[1] & 63 >= 2 else { throw .malformed(.nsh) }
        guard bytes.byteCount >= Int(bytes[1] & 63) &* 4 else { throw .truncated(.nsh) }
        self.bytes = bytes
    }

    /// Bytes of this header, context included.
    @inlinable public var length: Int { Int(bytes.provenBigEndian(UInt8.self, at: 1) & 63) &* 4 }

    /// What comes next, as an EtherType: 0x6558 is an Ethernet frame; `nil` for numbers that IANA does not give.
    @inlinable public var protocolType: UInt16? {
        NextProtocol.etherType(bytes.provenBigEndian(UInt8.self, at: 3))
    }

    /// Whether context or payload is a message of operations, administration and maintenance. RFC 9451.
    @inlinable public var isControl: Bool { bytes.provenBigEndian(UInt8.self, at: 0) & 0x20 != 0 }

    /// The 24-bit number of the chain.
    @inlinable public var pathIdentifier: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) >> 8 }
}
