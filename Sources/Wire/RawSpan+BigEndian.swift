extension RawSpan {
    /// An unsigned integer in network byte order; traps past the end.
    ///
    /// The one place in the house that loads from bytes without a type. The load checks its own bounds.
    @inlinable @inline(__always)
    public func bigEndian<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ type: Value.Type,
        at offset: Int
    ) -> Value {
        // Any bit pattern is a valid integer, and unaligned is what the name says.
        unsafe Value(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }

    /// The octet at `offset`; traps past the end.
    @inlinable @inline(__always)
    public subscript(_ offset: Int) -> UInt8 {
        bigEndian(UInt8.self, at: offset)
    }
}
