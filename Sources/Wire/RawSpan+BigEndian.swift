extension RawSpan {
    /// An unsigned integer in network byte order; traps past the end.
    @inlinable @inline(__always)
    public func bigEndian<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ type: Value.Type,
        at offset: Int
    ) -> Value {
        // Any bit pattern is a valid integer, and unaligned is what the name says. The load checks its bounds.
        unsafe Value(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }

    /// The octet at `offset`; traps past the end.
    @inlinable @inline(__always)
    public subscript(_ offset: Int) -> UInt8 {
        bigEndian(UInt8.self, at: offset)
    }

    /// The same without the check, for a header's getters: its initializer has looked at the length already.
    ///
    /// Only call it with offsets that an initializer of the same type has proven to lie inside.
    @inlinable @inline(__always)
    func provenBigEndian<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ type: Value.Type,
        at offset: Int
    ) -> Value {
        unsafe Value(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type))
    }
}
