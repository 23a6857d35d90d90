/// The first bytes of a pcap file: how its records are laid out, and what their frames are.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                          Magic Number                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |         Major Version         |         Minor Version         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                           Reserved                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                           Reserved                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                            SnapLen                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | FCS |R|P|     Reserved        |           Link Type           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-opsawg-pcap, section 4; pcap-savefile(5).
struct PcapFileHeader {
    /// Which of a record's two lengths comes first.
    enum LengthOrder: BitwiseCopyable {
        case capturedFirst
        case wireFirst
        /// Version 2.3 was written both ways; the captured length is the smaller.
        case smallerIsCaptured
    }

    let byteOrder: ByteOrder

    /// Bytes before the first record.
    let length: Int

    /// Bytes before each frame.
    let recordHeaderLength: Int

    /// Of the second field of a record's time.
    let nanosecondsPerTick: UInt64

    let lengthOrder: LengthOrder
    let interface: CaptureInterface

    /// Reads the header at the start of `window`; `nil` when the magic number is not one of pcap's.
    init?(_ window: inout ReadWindow) throws(CaptureError) {
        guard let magic = unsafe Magic(window.base.loadUnaligned(fromByteOffset: window.start, as: UInt32.self)) else {
            return nil
        }
        length = magic.kind == .ixiaHardware || magic.kind == .ixiaSoftware ? 28 : 24
        guard try window.fill(length) else {
            throw CaptureError(path: window.path, reason: .tornHeader(.pcap))
        }
        let bytes = unsafe UnsafeRawPointer(window.base + window.start)
        byteOrder = magic.byteOrder
        let major = unsafe byteOrder.load(UInt16.self, bytes, at: 4)
        let minor = unsafe byteOrder.load(UInt16.self, bytes, at: 6)
        switch (major, minor) {
        case (2, 4): lengthOrder = .capturedFirst
        case (2, 3): lengthOrder = .smallerIsCaptured
        // 543.0 is what a tcpdump of DG/UX wrote.
        case (2, 0...2), (543, 0): lengthOrder = .wireFirst
        default:
            throw CaptureError(path: window.path, reason: .unsupportedVersion(.pcap, major: major, minor: minor))
        }
        // Alexey Kuznetsov's patch adds the interface's index, the protocol and the packet's direction to each record.
        recordHeaderLength = magic.kind == .kuznetsov ? 24 : 16
        let isNanosecond = magic.kind == .nanosecond || magic.kind == .ixiaHardware
        nanosecondsPerTick = isNanosecond ? 1 : 1000
        let link = unsafe byteOrder.load(UInt32.self, bytes, at: 20)
        var described = CaptureInterface(
            linkType: UInt16(truncatingIfNeeded: link),
            snapLength: unsafe byteOrder.load(UInt32.self, bytes, at: 16),
            timestampDigits: isNanosecond ? 9 : 6
        )
        // The P bit says that the upper four bits hold the check sequence's length in 16-bit words.
        if link & 0x0400_0000 != 0 { described.frameCheckLength = Int(link >> 28) * 2 }
        interface = described
    }
}

extension PcapFileHeader {
    /// The magic numbers of pcap and of relatives whose layout is fixed.
    private struct Magic {
        enum Kind: UInt32 {
            case microsecond = 0xa1b2_c3d4
            case nanosecond = 0xa1b2_3c4d
            case kuznetsov = 0xa1b2_cd34
            /// Ixia's lcap: four bytes more in the file header.
            case ixiaHardware = 0x1c00_01ac
            case ixiaSoftware = 0x1c00_01ab
        }

        let kind: Kind
        let byteOrder: ByteOrder

        /// `number` as loaded in this machine's order.
        init?(_ number: UInt32) {
            if let kind = Kind(rawValue: number) {
                self.kind = kind
                byteOrder = ByteOrder(isForeign: false)
            } else if let kind = Kind(rawValue: number.byteSwapped) {
                self.kind = kind
                byteOrder = ByteOrder(isForeign: true)
            } else {
                return nil
            }
        }
    }
}
