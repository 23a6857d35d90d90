/// The part of an ESP packet that is not encrypted: IP protocol 50, or UDP port 4500.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |               Security Parameters Index (SPI)                 |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      Sequence Number                          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 4303, section 2. Nothing after it can be read, so it names a flow's tunnel and ends the walk.
@frozen public struct ESPHeader: ~Escapable {
    @inlinable static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    /// `nil` when bytes are missing, or when the index is 0, which is never on the wire: on UDP port 4500 those four
    /// zeros announce IKE instead (RFC 3948, section 2.2).
    @inlinable
    @_lifetime(copy bytes)
    public init?(_ bytes: RawSpan) {
        guard bytes.byteCount >= Self.length, bytes.bigEndian(UInt32.self, at: 0) != 0 else { return nil }
        self.bytes = bytes
    }

    /// The receiver's name for the security association.
    @inlinable public var securityParametersIndex: UInt32 { bytes.bigEndian(UInt32.self, at: 0) }

    /// Counts up by one for each packet of the association.
    @inlinable public var sequenceNumber: UInt32 { bytes.bigEndian(UInt32.self, at: 4) }
}
