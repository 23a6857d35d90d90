/// A position in bytes that only moves forward, for formats whose fields have no fixed place.
///
/// Reading past the end throws `truncated` and leaves the position where it was. Lengths from the wire are compared with
/// what remains, never added to the position first, so none can overflow.
struct ByteCursor: ~Escapable {
    private let bytes: RawSpan
    private let layer: Layer
    private(set) var offset = 0

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, layer: Layer) {
        self.bytes = bytes
        self.layer = layer
    }

    /// How many bytes lie ahead.
    var remaining: Int { bytes.byteCount - offset }

    /// The integer here, in network byte order.
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ type: Value.Type
    ) throws(WireError) -> Value {
        guard remaining >= MemoryLayout<Value>.size else { throw .truncated(layer) }
        defer { offset += MemoryLayout<Value>.size }
        return bytes.bigEndian(type, at: offset)
    }

    mutating func skip(_ count: Int) throws(WireError) {
        guard count <= remaining else { throw .truncated(layer) }
        offset += count
    }

    /// The next `count` bytes, all of them.
    @_lifetime(copy self)
    mutating func take(_ count: Int) throws(WireError) -> RawSpan {
        guard count <= remaining else { throw .truncated(layer) }
        defer { offset += count }
        return bytes.extracting(offset..<offset + count)
    }

    /// The next `count` bytes, or as many as the capture has left of them.
    @_lifetime(copy self)
    mutating func takeAvailable(_ count: Int) -> RawSpan {
        let available = min(count, remaining)
        defer { offset += available }
        return bytes.extracting(offset..<offset + available)
    }
}
