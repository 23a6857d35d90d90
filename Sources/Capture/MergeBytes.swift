/// The bytes of frames that were copied together from several files.
@safe struct MergeBytes: ~Copyable {
    private var buffer: UnsafeMutableRawBufferPointer
    private var count = 0

    init() {
        unsafe buffer = .allocate(byteCount: 0, alignment: 64)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    var written: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

    mutating func clear() {
        count = 0
    }

    /// Whether `length` bytes more can be added without moving what is there.
    func hasRoom(for length: Int) -> Bool { unsafe length <= buffer.count - count }

    /// Adds bytes and tells where they begin. There must be room, or nothing in it yet: then it grows.
    mutating func append(_ source: UnsafeRawPointer, count length: Int) -> Int {
        if !hasRoom(for: length) {
            precondition(count == 0)
            unsafe buffer.deallocate()
            unsafe buffer = .allocate(byteCount: max(256 << 10, length), alignment: 64)
        }
        let offset = count
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
            .copyMemory(from: UnsafeRawBufferPointer(start: source, count: length))
        count += length
        return offset
    }
}
