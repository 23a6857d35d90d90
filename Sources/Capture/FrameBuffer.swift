import Addressing

/// Room for the frames of one batch, made once.
@safe struct FrameBuffer: ~Copyable {
    let base: UnsafeMutablePointer<Frame>

    /// Frames in it; at most `limit`.
    private(set) var count = 0
    /// `FrameBatch.maximumCount`, or less for a batch that has to end early.
    private var limit = FrameBatch.maximumCount

    init() {
        unsafe base = .allocate(capacity: FrameBatch.maximumCount)
    }

    deinit {
        unsafe base.deallocate()
    }

    @inline(__always) var isFull: Bool { count >= limit }

    /// Begins the next batch.
    @inline(__always) mutating func clear() {
        count = 0
        limit = FrameBatch.maximumCount
    }

    /// Ends the batch with what is in it, of which there must be some.
    mutating func close() { limit = count }

    /// Adds a frame; there must be room.
    @inline(__always) mutating func append(_ frame: Frame) {
        unsafe (base + count).initialize(to: frame)
        count &+= 1
    }
}
