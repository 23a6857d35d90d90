extension RawSpan {
    /// An integer in host byte order, wherever it lies; traps past the end.
    func load<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        // Any bit pattern is a valid integer. The load checks its bounds.
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
    }
}
