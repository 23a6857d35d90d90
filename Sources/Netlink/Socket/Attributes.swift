import CMnl

/// The attributes of a message or of another attribute: length, type and value, each padded to four bytes.
///
/// netlink(7), struct nlattr. What reads them skips types it does not know: newer kernels add some.
struct Attributes: ~Escapable {
    private let bytes: RawSpan
    private let operation: String
    private var offset = 0

    /// `operation` is what `NetlinkError.malformed` will name.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, operation: String) {
        self.bytes = bytes
        self.operation = operation
    }

    /// The attributes after a header of so many bytes; throws `.malformed` when not even that is there.
    @_lifetime(copy body)
    init(_ body: RawSpan, after headerLength: Int, operation: String) throws(NetlinkError) {
        guard body.byteCount >= headerLength else { throw .malformed(operation: operation) }
        self.init(body.extracting(droppingFirst: min(body.byteCount, (headerLength + 3) & ~3)), operation: operation)
    }

    /// The next attribute, or nil when there is none; throws `.malformed` when one claims more or less than it can be.
    @_lifetime(copy self)
    mutating func next() throws(NetlinkError) -> Attribute? {
        let left = bytes.byteCount - offset
        guard left > 0 else { return nil }
        guard left >= Attribute.headerLength else { throw .malformed(operation: operation) }
        let length = Int(bytes.load(UInt16.self, at: offset))
        guard length >= Attribute.headerLength, length <= left else { throw .malformed(operation: operation) }
        let type = bytes.load(UInt16.self, at: offset + 2) & CMnl_attributeTypeMask
        let value = bytes.extracting((offset + Attribute.headerLength)..<(offset + length))
        offset = min(bytes.byteCount, offset + (length + 3) & ~3)
        return Attribute(type: Int(type), value: value, operation: operation)
    }
}
