import Addressing

/// Walks the records of a pcap file.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      Timestamp (Seconds)                      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            Timestamp (Microseconds or nanoseconds)            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                    Captured Packet Length                     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                    Original Packet Length                     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-opsawg-pcap, section 5. Seconds are unsigned, as in every current reader: they last until 2106.
struct PcapRecords {
    private let byteOrder: ByteOrder
    private let headerLength: Int
    private let nanosecondsPerTick: UInt64
    private let lengthOrder: PcapFileHeader.LengthOrder
    private let linkType: UInt16

    init(_ header: PcapFileHeader) {
        byteOrder = header.byteOrder
        headerLength = header.recordHeaderLength
        nanosecondsPerTick = header.nanosecondsPerTick
        lengthOrder = header.lengthOrder
        linkType = header.interface.linkType
    }

    /// Takes whole records from the window until the batch is full or no whole record is left.
    func read(from window: inout ReadWindow, into frames: inout FrameBuffer) -> ReadStep {
        // Nearly every file is written by this machine's like, so its loop is compiled apart, without questions.
        if !byteOrder.isForeign, lengthOrder == .capturedFirst {
            return read(from: &window, into: &frames, ByteOrder(isForeign: false), .capturedFirst)
        }
        return read(from: &window, into: &frames, byteOrder, lengthOrder)
    }

    @inline(__always)
    private func read(
        from window: inout ReadWindow,
        into frames: inout FrameBuffer,
        _ byteOrder: ByteOrder,
        _ lengthOrder: PcapFileHeader.LengthOrder
    ) -> ReadStep {
        let base = unsafe UnsafeRawPointer(window.base)
        let end = window.end
        var cursor = window.start
        defer { window.start = cursor }
        while !frames.isFull {
            guard end &- cursor >= headerLength else { return .needs(headerLength) }
            let seconds = unsafe byteOrder.load(UInt32.self, base, at: cursor)
            let ticks = unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 4)
            var captured = unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 8)
            var wire = unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 12)
            if lengthOrder != .capturedFirst, lengthOrder == .wireFirst || captured > wire {
                swap(&captured, &wire)
            }
            guard captured <= UInt32(CaptureBounds.frameLength) else {
                return .malformed("a record claims \(captured) bytes")
            }
            let length = headerLength &+ Int(captured)
            guard end &- cursor >= length else { return .needs(length) }
            // Cannot overflow: 2^32 s and 2^32 ticks are less than 2^63 ns. Ticks past a second are carried.
            let time = UInt64(seconds) &* 1_000_000_000 &+ UInt64(ticks) &* nanosecondsPerTick
            frames.append(
                Frame(
                    offset: cursor &+ headerLength,
                    time: Timestamp(nanoseconds: Int64(truncatingIfNeeded: time)),
                    capturedLength: captured,
                    wireLength: max(captured, wire),
                    interface: 0,
                    linkType: linkType
                )
            )
            cursor &+= length
        }
        return .full
    }
}
