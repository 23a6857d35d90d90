/// A UDP header; also that of UDP-Lite, where the length is a checksum coverage.
///
///     +-------------------------------+-------------------------------+
///     |          source port          |       destination port        |
///     +-------------------------------+-------------------------------+
///     |            length             |           checksum            |
///     +-------------------------------+-------------------------------+
///
/// RFC 768; RFC 3828, section 3.1.
@frozen public struct UDPHeader: ~Escapable {
    /// Eight bytes.
    @inlinable public static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than eight bytes are there.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.udp) }
        self.bytes = bytes
    }

    /// Both ports at once, the source's in the high half.
    @inlinable public var ports: UInt32 { bytes.provenBigEndian(UInt32.self, at: 0) }

    /// Header and payload, in bytes; 0 in a super-frame longer than 64 KiB.
    @inlinable public var datagramLength: Int { Int(bytes.provenBigEndian(UInt16.self, at: 4)) }
}
