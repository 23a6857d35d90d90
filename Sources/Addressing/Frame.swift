/// Where one captured frame lies in a chunk of bytes, when it passed, and where it was seen.
///
/// The word that passes between whoever captures and whoever decodes; neither knows the other.
@frozen public struct Frame: Sendable, BitwiseCopyable {
    /// Of the frame's first byte, from the start of the chunk it came in.
    public var offset: Int

    /// When it passed. Capture files may go back in time; consumers must not rely on order.
    public var time: Timestamp

    /// Bytes that are there; never more than the chunk holds from `offset` on.
    public var capturedLength: UInt32

    /// Bytes there were on the wire; at least `capturedLength`.
    public var wireLength: UInt32

    /// Which of the capture's interfaces saw it, counted from 0 over all files of a capture.
    public var interface: UInt32

    /// The LINKTYPE_ number of its first header, as registered at tcpdump.org.
    public var linkType: UInt16

    @inlinable public init(
        offset: Int,
        time: Timestamp,
        capturedLength: UInt32,
        wireLength: UInt32,
        interface: UInt32,
        linkType: UInt16
    ) {
        self.offset = offset
        self.time = time
        self.capturedLength = capturedLength
        self.wireLength = wireLength
        self.interface = interface
        self.linkType = linkType
    }
}

/// Some dozens of frames, one after another, in bytes that somebody else owns.
///
/// Batches hide memory latency: all their keys are hashed and their table slots asked for before the first is updated.
@frozen public struct FrameBatch: ~Escapable {
    /// The chunk the frames' offsets speak of.
    public let bytes: RawSpan

    /// The frames, in the order they are to be processed; at most `maximumCount`.
    public let frames: Span<Frame>

    /// The most frames one batch holds.
    @inlinable public static var maximumCount: Int { 64 }

    /// The bytes of one of the frames; traps when they do not lie in the chunk.
    @inlinable @inline(__always)
    @_lifetime(copy self)
    public func bytes(of frame: Frame) -> RawSpan {
        let length = Int(frame.capturedLength)
        // One comparison for all: an offset below zero is a large number here.
        precondition(length <= bytes.byteCount && UInt(bitPattern: frame.offset) <= UInt(bytes.byteCount &- length))
        // The line above is the check.
        return unsafe bytes.extracting(unchecked: frame.offset..<(frame.offset &+ length))
    }

    @inlinable
    @_lifetime(copy bytes, copy frames)
    public init(bytes: RawSpan, frames: Span<Frame>) {
        self.bytes = bytes
        self.frames = frames
    }
}
