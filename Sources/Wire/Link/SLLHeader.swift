public import Addressing

/// A Linux cooked header: what libpcap writes in front of a packet captured on the `any` device. LINKTYPE 113.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          Packet type          |          ARPHRD_ type         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        Address length         |                               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+       Address, padded         +
///     |                                                               |
///     +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                               |         Protocol type         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// tcpdump.org, LINKTYPE_LINUX_SLL.
@frozen public struct SLLHeader: ~Escapable {
    @inlinable public static var length: Int { 16 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.sll) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// What comes next, as an EtherType; below 0x600 one of the kernel's own numbers, of which 4 is 802.2 LLC.
    @inlinable public var protocolType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 14) }

    /// What kind of device it was: an `ARPHRD_` number of linux/if_arp.h.
    @inlinable public var hardwareType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }

    /// For whom it was: 0 us, 1 broadcast, 2 multicast, 3 somebody else, 4 sent by us. packet(7), `sll_pkttype`.
    @inlinable public var packetType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 0) }

    /// The sender's hardware address, where the device has 48-bit ones.
    @inlinable public var source: MACAddress? {
        guard bytes.provenBigEndian(UInt16.self, at: 4) == 6 else { return nil }
        return MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 6) >> 16)
    }
}
