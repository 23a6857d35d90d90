/// The options at the end of a pcapng block, one after another: code, length, value padded to four bytes.
///
/// Ends at the end-of-options mark, at the end of the block, or at an option that claims more than is there.
/// draft-ietf-opsawg-pcapng, section 3.5.
struct PcapngOptions: ~Escapable {
    /// Options that have the same code in every block.
    static var comment: UInt16 { 1 }

    private let bytes: RawSpan
    private let byteOrder: ByteOrder
    private var offset = 0

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ byteOrder: ByteOrder) {
        self.bytes = bytes
        self.byteOrder = byteOrder
    }

    /// The next option's code, and where its value lies in the bytes the iteration was begun with.
    @_lifetime(self: copy self)
    mutating func next() -> (code: UInt16, value: Range<Int>)? {
        guard bytes.byteCount - offset >= 4 else { return nil }
        let code = byteOrder.load(UInt16.self, bytes, at: offset)
        let length = Int(byteOrder.load(UInt16.self, bytes, at: offset + 2))
        let begin = offset + 4
        guard code != 0, bytes.byteCount - begin >= length else { return nil }
        offset = min(bytes.byteCount, begin + (length + 3) & ~3)
        return (code, begin..<(begin + length))
    }
}

extension RawSpan {
    /// Text that a file gives: at most `CaptureBounds.nameLength` bytes, up to the first NUL, broken UTF-8 repaired.
    func text(_ range: Range<Int>) -> String {
        var octets: [UInt8] = []
        for offset in range.prefix(CaptureBounds.nameLength) {
            // Any bit pattern is a valid octet.
            let octet = unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            if octet == 0 { break }
            octets.append(octet)
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
