public import Addressing

/// A Linux cooked header that also says which interface it was. LINKTYPE 276.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |         Protocol type         |        Reserved, zero         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        Interface index                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |         ARPHRD_ type          |  Packet type  |Address length |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                                                               |
///     +                  Address, padded to 8 bytes                   +
///     |                                                               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// tcpdump.org, LINKTYPE_LINUX_SLL2.
@frozen public struct SLL2Header: ~Escapable {
    @inlinable public static var length: Int { 20 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.sll2) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// What comes next, as an EtherType; below 0x600 one of the kernel's own numbers, of which 4 is 802.2 LLC.
    @inlinable public var protocolType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 0) }

    /// The index of the interface in the namespace of the capture.
    @inlinable public var interfaceIndex: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) }

    /// What kind of device it was: an `ARPHRD_` number of linux/if_arp.h.
    @inlinable public var hardwareType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 8) }

    /// For whom it was: 0 us, 1 broadcast, 2 multicast, 3 somebody else, 4 sent by us. packet(7), `sll_pkttype`.
    @inlinable public var packetType: UInt8 { bytes.provenBigEndian(UInt8.self, at: 10) }

    /// The sender's hardware address, where the device has 48-bit ones.
    @inlinable public var source: MACAddress? {
        guard bytes.provenBigEndian(UInt8.self, at: 11) == 6 else { return nil }
        return MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 12) >> 16)
    }
}
