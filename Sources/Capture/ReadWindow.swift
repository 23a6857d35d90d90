/// The part of a capture that is in memory: bytes read and not yet taken, always in one piece.
///
/// Chunks are small enough to stay in the processor's second-level cache. What is left of one chunk is moved before
/// the next, so that the kernel always copies to the same aligned place. Only a record that does not fit makes the
/// window grow, and what a record may ask for is bounded by whoever reads its length.
@safe struct ReadWindow: ~Copyable {
    /// What one read(2) asks for, unless a test wants to see every border.
    static var chunkLength: Int { 256 << 10 }

    /// The bytes' start; valid until the next `fill` or `skip`.
    private(set) var base: UnsafeMutableRawPointer

    /// Of the first byte not yet taken, from `base`.
    var start: Int

    /// Of the first byte not there, from `base`.
    private(set) var end: Int

    private var capacity: Int
    private let chunkLength: Int
    private let headroom: Int
    private var source: ByteSource
    private var inflater: GzipInflater?

    /// Unpacked bytes that were ever in the window.
    private var streamed: UInt64 = 0

    /// Takes the source over and reads its first bytes. gzip is known by its first two.
    init(_ source: consuming ByteSource, chunkLength: Int) throws(CaptureError) {
        let chunk = max(1, chunkLength)
        headroom = chunk / 4
        self.chunkLength = chunk
        capacity = headroom + chunk
        start = headroom
        end = headroom
        unsafe base = .allocate(byteCount: capacity, alignment: 4096)
        self.source = source
        guard try fill(2), unsafe base.load(fromByteOffset: start, as: UInt8.self) == 0x1f,
            unsafe base.load(fromByteOffset: start + 1, as: UInt8.self) == 0x8b
        else { return }
        unsafe inflater = GzipInflater(packed: UnsafeRawBufferPointer(start: base + start, count: available))
        start = end
        streamed = 0
    }

    deinit {
        unsafe base.deallocate()
    }

    /// Bytes not yet taken.
    var available: Int { end - start }

    /// Of the first byte not yet taken, in the unpacked capture.
    var offset: UInt64 { streamed &- UInt64(available) }

    var path: String { source.path }

    var position: CapturePosition {
        CapturePosition(bytesRead: source.bytesRead, fileSize: source.size)
    }

    /// How the unpacking ended; `nil` for a plain file, and while there may be more.
    var unpacking: GzipInflater.Ending? {
        switch inflater {
        case .some(let inflater): inflater.ending
        case .none: nil
        }
    }

    /// Reads until at least `needed` bytes are there; false when the source has no more. Moves the bytes.
    mutating func fill(_ needed: Int) throws(CaptureError) -> Bool {
        let kept = available
        guard kept < needed else { return true }
        if kept <= headroom, needed - kept <= chunkLength {
            unsafe move(to: headroom - kept, in: base)
        } else if needed <= capacity {
            unsafe move(to: 0, in: base)
        } else {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: needed, alignment: 4096)
            let smaller = unsafe base
            unsafe move(to: 0, in: larger)
            unsafe smaller.deallocate()
            capacity = needed
        }
        while available < needed {
            let room = min(capacity - end, max(chunkLength, needed - available))
            let count = try unsafe read(into: UnsafeMutableRawBufferPointer(start: base + end, count: room))
            guard count > 0 else { return false }
            end += count
            streamed &+= UInt64(count)
        }
        return true
    }

    /// Takes `count` bytes without looking at them; false when the source ends before.
    mutating func skip(_ count: UInt64) throws(CaptureError) -> Bool {
        var left = count
        while left > UInt64(available) {
            left -= UInt64(available)
            start = end
            guard try fill(1) else { return false }
        }
        start += Int(left)
        return true
    }

    private mutating func move(to offset: Int, in target: UnsafeMutableRawPointer) {
        let kept = available
        unsafe (target + offset).copyMemory(from: base + start, byteCount: kept)
        unsafe base = target
        start = offset
        end = offset + kept
    }

    private mutating func read(into target: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
        guard inflater != nil else { return try unsafe source.read(into: target) }
        return try unsafe inflater?.read(into: target, from: &source) ?? 0
    }
}
