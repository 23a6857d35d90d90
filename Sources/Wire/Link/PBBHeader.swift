/// The service tag of provider backbone bridging: between a backbone frame (EtherType 0x88e7) and a customer's.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | PCP |D|U| Res |                    I-SID                      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// IEEE Std 802.1Q-2018, section 9.7 (802.1ah). The customer's Ethernet header follows.
@frozen public struct PBBHeader: ~Escapable {
    @inlinable public static var length: Int { 4 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.pbb) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// The 24-bit identifier of the customer's service in the backbone.
    @inlinable public var serviceIdentifier: UInt32 { bytes.provenBigEndian(UInt32.self, at: 0) & 0xff_ffff }
}
