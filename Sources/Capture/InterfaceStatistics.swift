/// An interface statistics block (ISB): how many frames an interface saw and lost since the capture began.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                         Interface ID                          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        Timestamp (High)                       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        Timestamp (Low)                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     /                       Options (variable)                      /
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-opsawg-pcapng, section 4.6.
struct InterfaceStatistics {
    private enum Option {
        static var received: UInt16 { 4 }
        static var droppedByInterface: UInt16 { 5 }
        static var droppedBySystem: UInt16 { 7 }
    }

    /// Counted from 0 within the section.
    let interface: UInt32

    private(set) var received: UInt64?
    private(set) var droppedByInterface: UInt64?
    private(set) var dropped: UInt64?

    /// Comments among the options.
    private(set) var comments: UInt64 = 0

    /// Reads the block's body, without type and lengths; `nil` when it is too short.
    init?(_ body: RawSpan, _ byteOrder: ByteOrder) {
        guard body.byteCount >= 12 else { return nil }
        interface = byteOrder.load(UInt32.self, body, at: 0)
        let bytes = body.extracting(droppingFirst: 12)
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            if option.code == PcapngOptions.comment { comments += 1 }
            guard option.value.count >= 8 else { continue }
            let count = byteOrder.load(UInt64.self, bytes, at: option.value.lowerBound)
            switch option.code {
            case Option.received: received = count
            case Option.droppedByInterface: droppedByInterface = count
            case Option.droppedBySystem: dropped = count
            default: break
            }
        }
    }

    /// Writes what the block says over what was known; later blocks count from the same beginning.
    func update(_ described: inout CaptureInterface) {
        described.received = received ?? described.received
        described.droppedByInterface = droppedByInterface ?? described.droppedByInterface
        described.dropped = dropped ?? described.dropped
    }
}
