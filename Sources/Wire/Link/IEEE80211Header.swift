public import Addressing

/// The header of a wireless frame. LINKTYPE 105, and after radiotap.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Subtype|Typ|Ver|O|P|M|W|R|F|f|t|           Duration            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ Address 1 (6), address 2 (6), address 3 (6)                   ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |   Sequence and fragment (2), address 4 (6, if f and t)        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |   QoS control (2, if QoS data), HT control (4, if also O)     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// IEEE Std 802.11-2020, section 9.2. t: to the distribution system, f: from it; P: protected.
@frozen public struct IEEE80211Header: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// Bytes of this header; for frames that are not data, those that hold their addresses.
    public let length: Int

    /// `isPadded` is radiotap's word that the header was padded to a multiple of four.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, isPadded: Bool = false) throws(WireError) {
        // The shortest frames, such as acknowledgments, have one address.
        guard bytes.byteCount >= 10 else { throw .truncated(.ieee80211) }
        guard bytes[0] & 3 == 0 else { throw .malformed(.ieee80211) }
        var length: Int
        switch bytes[0] >> 2 & 3 {
        case 0:
            length = 24
        case 1:
            length = 10
        case 2:
            length = 24
            if bytes[1] & 3 == 3 { length &+= 6 }
            if bytes[0] & 0x80 != 0 {
                length &+= 2
                if bytes[1] & 0x80 != 0 { length &+= 4 }
            }
            if isPadded { length = (length &+ 3) & ~3 }
        default:
            throw .malformed(.ieee80211)
        }
        guard bytes.byteCount >= length else { throw .truncated(.ieee80211) }
        self.bytes = bytes
        self.length = length
    }

    @inlinable var isData: Bool { bytes[0] & 0x0c == 0x08 }

    /// Whether the payload is encrypted, and so not for us.
    @inlinable public var isProtected: Bool { bytes[1] & 0x40 != 0 }

    /// Whether several frames share this one header (A-MSDU), each with a small one of its own.
    @inlinable public var isAggregate: Bool {
        guard isData, bytes[0] & 0x80 != 0 else { return false }
        return bytes[bytes[1] & 3 == 3 ? 30 : 24] & 0x80 != 0
    }

    /// Whether an LLC header follows: data, in the clear, whole or a first fragment, and not an aggregate.
    @inlinable public var carriesLLC: Bool {
        isData && bytes[0] & 0x40 == 0 && !isProtected && !isAggregate && bytes[22] & 0x0f == 0
    }

    /// Who the frame is meant for in the end; `nil` for control frames.
    @inlinable public var destination: MACAddress? {
        guard bytes[0] & 0x0c != 0x04 else { return nil }
        return address(at: isData && bytes[1] & 1 != 0 ? 16 : 4)
    }

    /// Who sent it first; `nil` for control frames.
    @inlinable public var source: MACAddress? {
        guard bytes[0] & 0x0c != 0x04 else { return nil }
        guard isData else { return address(at: 10) }
        switch bytes[1] & 3 {
        case 2: return address(at: 16)
        case 3: return address(at: 24)
        default: return address(at: 10)
        }
    }

    @inlinable func address(at offset: Int) -> MACAddress {
        MACAddress(
            bits: UInt64(bytes.bigEndian(UInt16.self, at: offset)) << 32
                | UInt64(bytes.bigEndian(UInt32.self, at: offset &+ 2))
        )
    }
}
