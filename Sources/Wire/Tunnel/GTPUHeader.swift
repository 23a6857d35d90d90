/// A GTP-U header: between an outer UDP header (port 2152) and the packet of a mobile subscriber.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Ver |T|*|E|S|N| Message Type  |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                 Tunnel Endpoint Identifier                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Sequence (if E, S or N)      |     N-PDU     | Next extension|
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Length in 4 bytes |        Content ...        | Next extension|
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// 3GPP TS 29.281, section 5.
@frozen public struct GTPUHeader: ~Escapable {
    /// Bytes there are before the optional fields.
    @inlinable static var minimumLength: Int { 8 }

    /// Extension headers that are followed; 3GPP has defined about ten, of which a packet has one or two.
    @inlinable static var maximumExtensions: Int { 8 }

    @usableFromInline let bytes: RawSpan

    /// Bytes of this header, optional fields and extension headers included.
    public let length: Int

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.gtpu) }
        // Version 1, and not the charging protocol GTP'.
        guard bytes[0] & 0xf0 == 0x30 else { throw .malformed(.gtpu) }
        self.bytes = bytes
        guard bytes[0] & 7 != 0 else {
            length = Self.minimumLength
            return
        }
        length = try Self.lengthWithOptions(bytes)
        // The stated length counts everything after the first eight bytes.
        guard Int(bytes.bigEndian(UInt16.self, at: 2)) &+ Self.minimumLength >= length else {
            throw .malformed(.gtpu)
        }
    }

    /// Walks the extension headers, each of which names the next.
    @usableFromInline
    static func lengthWithOptions(_ bytes: RawSpan) throws(WireError) -> Int {
        var length = 12
        guard bytes.byteCount >= length else { throw .truncated(.gtpu) }
        guard bytes[0] & 0x04 != 0 else { return length }
        for _ in 0..<maximumExtensions {
            guard bytes[length &- 1] != 0 else { return length }
            guard bytes.byteCount > length else { throw .truncated(.gtpu) }
            let size = Int(bytes[length]) &* 4
            guard size > 0 else { throw .malformed(.gtpu) }
            length &+= size
            guard bytes.byteCount >= length else { throw .truncated(.gtpu) }
        }
        guard bytes[length &- 1] == 0 else { throw .malformed(.gtpu) }
        return length
    }

    /// Whether a subscriber's IP packet follows (message type 255), and not a message between the tunnel's ends.
    @inlinable public var carriesPacket: Bool { bytes[1] == 255 }

    /// The message type of section 6: 1 and 2 are echoes, 26 an error indication, 254 the end marker.
    @inlinable public var messageType: UInt8 { bytes[1] }

    /// The receiver's name for the tunnel.
    @inlinable public var tunnelEndpointIdentifier: UInt32 { bytes.bigEndian(UInt32.self, at: 4) }
}
