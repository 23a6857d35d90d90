/// An ERSPAN header: between GRE and a frame that a switch copied from one of its ports.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Ver  |          VLAN         | COS |En/B |T|    Session ID   |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |       Type II: Reserved, Index; type III: Timestamp           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |       Type III: SGT           |P|    FT   |   Hw ID   |D|Gra|O|
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~     Type III, if O: platform-specific subheader, 8 bytes      ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-foschiano-erspan-03, section 4. Type I has no header at all: the frame follows GRE.
@frozen public struct ERSPANHeader: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// 1, 2 or 3: the draft's types I, II and III, which are not the number in the version field.
    public let type: UInt8

    /// Bytes of this header, the platform-specific subheader included; 0 for type I.
    public let length: Int

    /// `bytes` start after the GRE header, whose protocol type and sequence number tell the types apart.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, protocolType: UInt16, hasSequenceNumber: Bool) throws(WireError) {
        switch (protocolType, hasSequenceNumber) {
        case (0x88be, false):
            type = 1
            length = 0
        case (0x88be, true):
            guard bytes.byteCount >= 8 else { throw .truncated(.erspan) }
            guard bytes[0] >> 4 == 1 else { throw .malformed(.erspan) }
            type = 2
            length = 8
        case (0x22eb, _):
            guard bytes.byteCount >= 12 else { throw .truncated(.erspan) }
            guard bytes[0] >> 4 == 2 else { throw .malformed(.erspan) }
            type = 3
            length = bytes[11] & 1 != 0 ? 20 : 12
            guard bytes.byteCount >= length else { throw .truncated(.erspan) }
        default:
            throw .malformed(.erspan)
        }
        self.bytes = bytes
    }

    /// The VLAN the frame had at the port it was copied from, 0 when it had none. The copied frame may keep its own tag.
    @inlinable public var vlan: UInt16? {
        type == 1 ? nil : bytes.bigEndian(UInt16.self, at: 0) & 0xfff
    }

    /// The ten-bit number of the mirror session.
    @inlinable public var sessionIdentifier: UInt16? {
        type == 1 ? nil : bytes.bigEndian(UInt16.self, at: 2) & 0x3ff
    }

    /// Whether the switch cut the frame before it sent the copy.
    @inlinable public var isTruncated: Bool { type != 1 && bytes[2] & 0x04 != 0 }

    /// Whether the copy starts with an IP header (frame type 2 of type III) instead of an Ethernet one.
    @inlinable public var carriesIP: Bool { type == 3 && bytes[10] >> 2 & 31 == 2 }
}
