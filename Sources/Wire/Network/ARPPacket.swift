public import Addressing

/// An ARP packet for Ethernet and IPv4: who asks for, or claims, which address.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      Hardware type, 1         |     Protocol type, 0x0800     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Hw length, 6  |Proto length, 4|           Operation           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ Sender hardware (6) and protocol (4) address                  ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ Target hardware (6) and protocol (4) address                  ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 826. Other hardware and protocols are malformed here: no container network has them.
@frozen public struct ARPPacket: ~Escapable {
    @inlinable public static var length: Int { 28 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.arp) }
        // Hardware type 6 is IEEE 802, which has the same addresses.
        let hardwareType = bytes.bigEndian(UInt16.self, at: 0)
        guard hardwareType == 1 || hardwareType == 6,
            bytes.bigEndian(UInt32.self, at: 2) == 0x0800_0604
        else { throw .malformed(.arp) }
        self.bytes = bytes
    }

    /// 1 asks, 2 answers.
    @inlinable public var operation: UInt16 { bytes.provenBigEndian(UInt16.self, at: 6) }

    /// Whether the sender speaks of its own address unasked, as after a change: asker and asked are the same.
    @inlinable public var isGratuitous: Bool { senderProtocolAddress == targetProtocolAddress }

    /// The hardware address of whoever sent this, as it claims.
    @inlinable public var senderHardwareAddress: MACAddress {
        MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 8) >> 16)
    }

    /// The address that the sender claims; 0.0.0.0 when it probes whether one is free (RFC 5227).
    @inlinable public var senderProtocolAddress: IPv4Address {
        IPv4Address(bits: bytes.provenBigEndian(UInt32.self, at: 14))
    }

    /// The hardware address of whom it is for; zero in a question, which is there to find it out.
    @inlinable public var targetHardwareAddress: MACAddress {
        MACAddress(bits: bytes.provenBigEndian(UInt64.self, at: 18) >> 16)
    }

    /// The address that is asked for, or that of whoever asked.
    @inlinable public var targetProtocolAddress: IPv4Address {
        IPv4Address(bits: bytes.provenBigEndian(UInt32.self, at: 24))
    }
}
