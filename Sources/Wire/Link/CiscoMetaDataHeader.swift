/// What Cisco switches put in front of a packet to say who may see it: after EtherType 0x8909.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    Version    |    Length     |          Option type          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      Security group tag       |           EtherType           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// Within GRE the EtherType stands first. The vendor published no specification: only the form that is met is taken,
/// version 1 with one option.
@frozen public struct CiscoMetaDataHeader: ~Escapable {
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan
    @usableFromInline let isWithinGRE: Bool

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, isWithinGRE: Bool) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.cmd) }
        let start = isWithinGRE ? 2 : 0
        guard bytes[start] == 1, bytes[start &+ 1] == 1 else { throw .malformed(.cmd) }
        self.bytes = bytes
        self.isWithinGRE = isWithinGRE
    }

    /// Bytes of this header, the EtherType included.
    @inlinable public var length: Int { Self.length }

    /// The group the sender belongs to.
    @inlinable public var securityGroup: UInt16 { bytes.provenBigEndian(UInt16.self, at: isWithinGRE ? 6 : 4) }

    /// What comes next.
    @inlinable public var etherType: UInt16 { bytes.provenBigEndian(UInt16.self, at: isWithinGRE ? 0 : 6) }
}
