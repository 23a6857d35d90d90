/// An interface description block (IDB).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            Link Type          |            Reserved           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                            SnapLen                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     /                       Options (variable)                      /
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-opsawg-pcapng, section 4.2.
struct InterfaceDescription {
    private enum Option {
        static var name: UInt16 { 2 }
        static var timestampResolution: UInt16 { 9 }
        static var frameCheckLength: UInt16 { 13 }
        static var timestampOffset: UInt16 { 14 }
        static var custom: UInt16 { RecordingOption.code }
    }

    let interface: CaptureInterface
    let resolution: TimestampResolution

    /// Comments among the options.
    let comments: UInt64

    /// Reads the block's body, without type and lengths.
    ///
    /// A body too short for its fixed fields still stands for an interface, of a link type nobody has: the packets
    /// after it are numbered as if it had been whole.
    init(_ body: RawSpan, _ byteOrder: ByteOrder) {
        guard body.byteCount >= 8 else {
            resolution = .microseconds
            interface = CaptureInterface(linkType: .max, snapLength: 0, timestampDigits: 6)
            comments = 0
            return
        }
        var code: UInt8 = 6
        var offset: Int64 = 0
        var name: String?
        var frameCheckLength: Int?
        var recordedCapture: UInt32?
        var comments: UInt64 = 0
        let bytes = body.extracting(droppingFirst: 8)
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            switch (option.code, option.value.count) {
            case (Option.name, 1...): name = bytes.text(option.value)
            case (Option.timestampResolution, 1...):
                code = byteOrder.load(UInt8.self, bytes, at: option.value.lowerBound)
            case (Option.timestampOffset, 8...):
                offset = byteOrder.load(Int64.self, bytes, at: option.value.lowerBound)
            case (Option.frameCheckLength, 1...):
                let length = Int(byteOrder.load(UInt8.self, bytes, at: option.value.lowerBound))
                // The draft says bits, and its own example gives bytes; no check sequence has fewer than 8 bits.
                frameCheckLength = length < 8 ? length : length / 8
            case (Option.custom, _):
                if let option = RecordingOption.read(bytes.extracting(option.value), byteOrder),
                    option.kind == RecordingOption.capture
                {
                    recordedCapture = option.number
                }
            case (PcapngOptions.comment, _): comments += 1
            default: break
            }
        }
        self.comments = comments
        resolution = TimestampResolution(code: code, offset: offset)
        var described = CaptureInterface(
            name: name,
            linkType: byteOrder.load(UInt16.self, body, at: 0),
            snapLength: byteOrder.load(UInt32.self, body, at: 4),
            timestampDigits: resolution.digits
        )
        described.frameCheckLength = frameCheckLength
        described.recordedCapture = recordedCapture
        interface = described
    }
}
