/// What macOS writes in front of a packet to say which interface and process it belongs to. LINKTYPE 258.
///
///     +-------+-------------------------------------------------------+
///     |  0    |  Header length; record type, 1 for a packet; DLT      |
///     | 12    |  Interface name (24)                                  |
///     | 36    |  Flags; protocol family; link header length; trailer  |
///     | 52    |  Process identifier; command name (20); and more      |
///     +-------+-------------------------------------------------------+
///
/// tcpdump.org, LINKTYPE_PKTAP; bsd/net/pktap.h. Numbers have 32 bits, in the byte order of whoever captured.
@frozen public struct PKTAPHeader: ~Escapable {
    /// Bytes of the first version of this header; later ones may be longer.
    @inlinable static var minimumLength: Int { 108 }

    @usableFromInline let bytes: RawSpan

    @usableFromInline let isLittleEndian: Bool

    /// Bytes of this header.
    public let length: Int

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.pktap) }
        let first = bytes.bigEndian(UInt32.self, at: 0)
        // No header is as long as the wrong byte order makes it seem.
        let isLittleEndian = first > 0xffff
        let length = isLittleEndian ? first.byteSwapped : first
        guard length >= Self.minimumLength, length <= 0xffff else { throw .malformed(.pktap) }
        guard bytes.byteCount >= Int(length) else { throw .truncated(.pktap) }
        self.bytes = bytes
        self.isLittleEndian = isLittleEndian
        self.length = Int(length)
    }

    @inlinable func number(at offset: Int) -> UInt32 {
        let value = bytes.bigEndian(UInt32.self, at: offset)
        return isLittleEndian ? value.byteSwapped : value
    }

    /// The LINKTYPE_ number of what comes next; `nil` when this record is no packet.
    @inlinable public var linkType: UInt16? {
        guard number(at: 4) == 1, let type = UInt16(exactly: number(at: 8)) else { return nil }
        // The header has macOS's DLT_ numbers, which are those of files but for raw IP.
        return type == 12 ? 101 : type
    }

    /// The process whose packet it is, by number; -1 when macOS does not know.
    @inlinable public var processIdentifier: Int32 { Int32(bitPattern: number(at: 52)) }
}
