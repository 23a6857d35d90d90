import Addressing

/// Room for the frames of one batch, made once.
@safe struct FrameBuffer: ~Copyable {
    let base: UnsafeMutablePointer<Frame>

    /// Frames in it; at most `FrameBatch.maximumCount`.
    var count = 0

    init() {
        unsafe base = .allocate(capacity: FrameBatch.maximumCount)
    }

    deinit {
        unsafe base.deallocate()
    }

    @inline(__always) var isFull: Bool { count >= FrameBatch.maximumCount }

    /// Adds a frame; there must be room.
    @inline(__always) mutating func append(_ frame: Frame) {
        unsafe (base + count).initialize(to: frame)
        count &+= 1
    }
}
