/// A GRE header: between an outer IP header (protocol 47) and whatever its protocol type names.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |C|R|K|S|s|Recur|A|  Flags| Ver |         Protocol Type         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      Checksum (if C)          |       Reserved1 (if C)        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Key (if K); version 1: payload length, then call ID       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                   Sequence Number (if S)                      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          Acknowledgment Number (version 1, if A)              |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 2784 and 2890; version 1, which carries PPP for PPTP, is RFC 2637, section 4.1. NVGRE is RFC 7637.
@frozen public struct GREHeader: ~Escapable {
    /// Bytes there are before any optional field.
    @inlinable static var minimumLength: Int { 4 }

    @usableFromInline let bytes: RawSpan

    /// Bytes of this header, optional fields included.
    public let length: Int

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.gre) }
        let flags = bytes.provenBigEndian(UInt16.self, at: 0)
        // A routing field's length is known only after walking RFC 1701's source routes, which RFC 2784 took away and
        // tells receivers to discard.
        guard flags & 0x4000 == 0 else { throw .malformed(.gre) }
        var length = Self.minimumLength
        switch flags & 7 {
        case 0:
            if flags & 0x8000 != 0 { length &+= 4 }
            if flags & 0x2000 != 0 { length &+= 4 }
            if flags & 0x1000 != 0 { length &+= 4 }
        case 1:
            // RFC 2637: no checksum, always a key, and nothing but PPP.
            guard flags & 0xa000 == 0x2000, bytes.provenBigEndian(UInt16.self, at: 2) == 0x880b else {
                throw .malformed(.pptp)
            }
            length &+= 4
            if flags & 0x1000 != 0 { length &+= 4 }
            if flags & 0x0080 != 0 { length &+= 4 }
        default:
            throw .malformed(.gre)
        }
        guard bytes.byteCount >= length else { throw .truncated(flags & 7 == 1 ? .pptp : .gre) }
        self.bytes = bytes
        self.length = length
    }

    @inlinable var flags: UInt16 { bytes.provenBigEndian(UInt16.self, at: 0) }

    /// Whether this is version 1, PPTP's enhanced GRE: the payload is then a PPP frame, or nothing in a mere
    /// acknowledgment.
    @inlinable public var isEnhanced: Bool { flags & 7 == 1 }

    /// What comes next, as an EtherType: 0x6558 is an Ethernet frame, 0x88be and 0x22eb are ERSPAN, 0x880b is PPP.
    @inlinable public var protocolType: UInt16 { bytes.provenBigEndian(UInt16.self, at: 2) }

    /// Whether a sequence number is there; it is what tells ERSPAN type II from type I.
    @inlinable public var hasSequenceNumber: Bool { flags & 0x1000 != 0 }

    /// The key of version 0, which tells tunnels between the same two ends apart.
    @inlinable public var key: UInt32? {
        guard flags & 0x2000 != 0, !isEnhanced else { return nil }
        return bytes.provenBigEndian(UInt32.self, at: flags & 0x8000 != 0 ? 8 : 4)
    }

    /// The 24-bit virtual subnet of an NVGRE frame.
    ///
    /// Nothing tells NVGRE from Ethernet in keyed GRE but the key's meaning, so this is there for both.
    @inlinable public var virtualSubnetIdentifier: UInt32? {
        guard flags & 0xb000 == 0x2000, protocolType == 0x6558, let key else { return nil }
        return key >> 8
    }

    /// The receiver's name for the PPTP session.
    @inlinable public var callIdentifier: UInt16? {
        isEnhanced ? bytes.provenBigEndian(UInt16.self, at: 6) : nil
    }

    /// Bytes of PPP after this header, as PPTP states them; 0 in a mere acknowledgment.
    @inlinable public var payloadLength: UInt16? {
        isEnhanced ? bytes.provenBigEndian(UInt16.self, at: 4) : nil
    }
}
