/// The loopback header of the BSDs: an address family and nothing else. LINKTYPE 0 and 108.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  AF_ number, in the byte order of whoever captured (0) or     |
///     |  of the network (108)                                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// tcpdump.org, LINKTYPE_NULL and LINKTYPE_LOOP. Some writers leave an EtherType in the last two bytes instead.
@frozen public struct NullHeader: ~Escapable {
    @inlinable public static var length: Int { 4 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.null) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// What comes next, as an EtherType; `nil` for families that are not IP.
    @inlinable public var etherType: UInt16? {
        let value = bytes.provenBigEndian(UInt32.self, at: 0)
        switch value < 0x100 ? value : value.byteSwapped {
        // The one number on which all agree.
        case 2: return 0x0800
        // Linux; Windows; NetBSD and OpenBSD; FreeBSD; macOS.
        case 10, 23, 24, 28, 30: return 0x86dd
        case let family where family >= 0x100:
            let type = UInt16(truncatingIfNeeded: value)
            return type >= 0x600 ? type : nil
        default: return nil
        }
    }
}
