/// A VXLAN-GPE header: VXLAN that names its payload. Between an outer UDP header (port 4790) and what it names.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |R|R|Ver|I|P|B|O|       Reserved                |Next Protocol  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                VXLAN Network Identifier (VNI) |   Reserved    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-nvo3-vxlan-gpe-13, section 3.
@frozen public struct VXLANGPEHeader: ~Escapable {
    /// What the payload is. Numbers that the draft does not give are `other`.
    @frozen public enum Payload: Sendable {
        case ipv4, ipv6, ethernet, nsh, mpls, other
    }

    @inlinable static var length: Int { 8 }

    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.vxlanGPE) }
        guard bytes[0] & 0x30 == 0 else { throw .malformed(.vxlanGPE) }
        self.bytes = bytes
    }

    /// Bytes of this header.
    @inlinable public var length: Int { Self.length }

    /// The 24-bit identifier of the overlay network, when the I flag says that there is one.
    @inlinable public var networkIdentifier: UInt32? {
        bytes[0] & 0x08 != 0 ? bytes.bigEndian(UInt32.self, at: 4) >> 8 : nil
    }

    /// Whether the payload is a message between tunnel endpoints (operations, administration, maintenance).
    @inlinable public var isControl: Bool { bytes[0] & 0x01 != 0 }

    /// What comes next. Without the P flag this is a VXLAN header, and an Ethernet frame follows.
    @inlinable public var payload: Payload {
        guard bytes[0] & 0x04 != 0 else { return .ethernet }
        switch bytes[3] {
        case 1: return .ipv4
        case 2: return .ipv6
        case 3: return .ethernet
        case 4: return .nsh
        case 5: return .mpls
        default: return .other
        }
    }
}
