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

    /// What comes next, as an EtherType: 0x6558 is an Ethernet frame; `nil` for numbers that the draft does not give.
    ///
    /// Without the P flag this is a VXLAN header, and an Ethernet frame follows.
    @inlinable public var protocolType: UInt16? {
        bytes[0] & 0x04 != 0 ? NextProtocol.etherType(bytes[3]) : 0x6558
    }
}
