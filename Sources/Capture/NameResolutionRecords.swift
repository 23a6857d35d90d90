import Addressing

/// The records of a name resolution block (NRB): an address each, and its names, every one ended by a NUL.
///
/// Ends at the end mark, at the end of the block, or at a record that claims more than is there.
/// draft-ietf-opsawg-pcapng, section 4.5.
struct NameResolutionRecords: ~Escapable {
    private enum Kind {
        static var end: UInt16 { 0 }
        static var ipv4: UInt16 { 1 }
        static var ipv6: UInt16 { 2 }
    }

    private let bytes: RawSpan
    private let byteOrder: ByteOrder

    /// Of the first byte after the records, where options may follow.
    private(set) var offset = 0

    /// Begins with the block's body, without type and lengths.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ byteOrder: ByteOrder) {
        self.bytes = bytes
        self.byteOrder = byteOrder
    }

    /// The next record's address, and where its names lie; records of other kinds are passed over.
    @_lifetime(self: copy self)
    mutating func next() -> (address: IPAddress, names: Range<Int>)? {
        while bytes.byteCount - offset >= 4 {
            let kind = byteOrder.load(UInt16.self, bytes, at: offset)
            let length = Int(byteOrder.load(UInt16.self, bytes, at: offset + 2))
            let begin = offset + 4
            guard bytes.byteCount - begin >= length else { return nil }
            offset = min(bytes.byteCount, begin + (length + 3) & ~3)
            guard kind != Kind.end else { return nil }
            // Addresses stand in network byte order whatever the section's.
            let network = ByteOrder(isForeign: UInt16(bigEndian: 1) != 1)
            if kind == Kind.ipv4, length >= 4 {
                let address = IPv4Address(bits: network.load(UInt32.self, bytes, at: begin))
                return (.v4(address), (begin + 4)..<(begin + length))
            }
            if kind == Kind.ipv6, length >= 16 {
                let address = IPv6Address(
                    high: network.load(UInt64.self, bytes, at: begin),
                    low: network.load(UInt64.self, bytes, at: begin + 8)
                )
                return (.v6(address), (begin + 16)..<(begin + length))
            }
        }
        return nil
    }

    /// One of the names in `range`, and what is left of it.
    func name(in range: Range<Int>) -> (name: String, rest: Range<Int>)? {
        var end = range.lowerBound
        while end < range.upperBound, byteOrder.load(UInt8.self, bytes, at: end) != 0 { end += 1 }
        guard end > range.lowerBound else { return nil }
        return (bytes.text(range.lowerBound..<end), min(end + 1, range.upperBound)..<range.upperBound)
    }
}
