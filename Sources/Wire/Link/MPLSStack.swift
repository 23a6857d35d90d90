/// A stack of MPLS labels: between a link header and a packet whose kind no field names.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                Label                  | TC  |S|       TTL     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~         ... until S, the bottom of the stack, is set          ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 3032, section 2.1.
@frozen public struct MPLSStack: ~Escapable {
    /// Labels that are followed. Routers push a handful; more is an attempt to keep us busy.
    @inlinable static var maximumCount: Int { 16 }

    @usableFromInline let bytes: RawSpan

    /// How many labels there are, 1 to 16.
    public let count: Int

    /// At least one byte follows the bottom of the stack: without it there is no saying what comes next.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        var count = 0
        repeat {
            guard count < Self.maximumCount else { throw .malformed(.mpls) }
            count &+= 1
            guard bytes.byteCount > count &* 4 else { throw .truncated(.mpls) }
        } while bytes[count &* 4 &- 2] & 1 == 0
        // A pseudowire's control word belongs to this header, so it has to be there.
        guard bytes[count &* 4] >> 4 != 0 || bytes.byteCount >= count &* 4 &+ 4 else { throw .truncated(.mpls) }
        self.bytes = bytes
        self.count = count
    }

    @inlinable var nibble: UInt8 { bytes.provenBigEndian(UInt8.self, at: count &* 4) >> 4 }

    /// Bytes of all labels, and of the control word in front of an Ethernet pseudowire's frame.
    @inlinable public var length: Int { (nibble == 0 ? count &+ 1 : count) &* 4 }

    /// What comes next, as an EtherType: 0x6558 is an Ethernet frame.
    ///
    /// A guess from the first nibble, as routers make it (RFC 4928, section 3): an IP version, or the zero of a
    /// pseudowire's control word (RFC 4448, section 4.6). `nil` for anything else.
    @inlinable public var protocolType: UInt16? {
        switch nibble {
        case 4: 0x0800
        case 6: 0x86dd
        case 0: 0x6558
        default: nil
        }
    }

    /// The label at the top, which the next router switches by.
    @inlinable public var topLabel: UInt32 { bytes.provenBigEndian(UInt32.self, at: 0) >> 12 }

    /// The label at the bottom, which names the private network or pseudowire, when there is one.
    @inlinable public var bottomLabel: UInt32 {
        bytes.provenBigEndian(UInt32.self, at: (count &- 1) &* 4) >> 12
    }
}
