/// Whether a file's numbers stand in the other order than this machine's.
struct ByteOrder: BitwiseCopyable {
    var isForeign: Bool

    @inline(__always) func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type,
        _ pointer: UnsafeRawPointer,
        at offset: Int
    ) -> Value {
        let value = unsafe pointer.loadUnaligned(fromByteOffset: offset, as: type)
        return isForeign ? value.byteSwapped : value
    }

    /// The same, bounds-checked: traps past the end.
    @inline(__always) func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type,
        _ bytes: RawSpan,
        at offset: Int
    ) -> Value {
        // Any bit pattern is a valid integer.
        let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
        return isForeign ? value.byteSwapped : value
    }
}
