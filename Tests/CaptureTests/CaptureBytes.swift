/// Builds capture files piece by piece, in either byte order.
struct CaptureBytes {
    var isBigEndian = false
    var bytes: [UInt8] = []

    init(bigEndian: Bool = false) {
        isBigEndian = bigEndian
    }

    mutating func add<Value: FixedWidthInteger>(_ value: Value) {
        unsafe withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { unsafe bytes += $0 }
    }

    mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }
}

// pcap
extension CaptureBytes {
    mutating func pcapHeader(
        magic: UInt32 = 0xa1b2_c3d4,
        version: (UInt16, UInt16) = (2, 4),
        snapLength: UInt32 = 262_144,
        linkType: UInt32 = 1
    ) {
        add(magic)
        add(version.0)
        add(version.1)
        add(UInt64(0))
        add(snapLength)
        add(linkType)
    }

    mutating func pcapRecord(
        seconds: UInt32,
        ticks: UInt32,
        _ frame: [UInt8],
        captured: UInt32? = nil,
        wire: UInt32? = nil
    ) {
        add(seconds)
        add(ticks)
        add(captured ?? UInt32(frame.count))
        add(wire ?? UInt32(frame.count))
        bytes += frame
    }
}

// pcapng
extension CaptureBytes {
    /// A block of any type; `length` and `trailer` are for lying.
    mutating func block(
        _ type: UInt32,
        length: UInt32? = nil,
        trailer: UInt32? = nil,
        _ body: (inout CaptureBytes) -> Void = { _ in }
    ) {
        var inside = CaptureBytes(bigEndian: isBigEndian)
        body(&inside)
        inside.pad()
        let total = UInt32(inside.bytes.count + 12)
        add(type)
        add(length ?? total)
        bytes += inside.bytes
        add(trailer ?? length ?? total)
    }

    mutating func option(_ code: UInt16, _ value: (inout CaptureBytes) -> Void) {
        var inside = CaptureBytes(bigEndian: isBigEndian)
        value(&inside)
        add(code)
        add(UInt16(inside.bytes.count))
        bytes += inside.bytes
        pad()
    }

    mutating func option(_ code: UInt16, text: String) {
        option(code) { $0.bytes += text.utf8 }
    }

    mutating func sectionHeader(major: UInt16 = 1, length: Int64 = -1) {
        block(0x0a0d_0d0a) {
            $0.add(UInt32(0x1a2b_3c4d))
            $0.add(major)
            $0.add(UInt16(0))
            $0.add(length)
        }
    }

    mutating func interface(
        linkType: UInt16 = 1,
        snapLength: UInt32 = 0,
        options: (inout CaptureBytes) -> Void = { _ in }
    ) {
        block(1) {
            $0.add(linkType)
            $0.add(UInt16(0))
            $0.add(snapLength)
            options(&$0)
        }
    }

    mutating func enhancedPacket(
        interface: UInt32 = 0,
        ticks: UInt64,
        _ frame: [UInt8],
        captured: UInt32? = nil,
        wire: UInt32? = nil,
        trailer: UInt32? = nil,
        options: (inout CaptureBytes) -> Void = { _ in }
    ) {
        block(6, trailer: trailer) {
            $0.add(interface)
            $0.add(UInt32(ticks >> 32))
            $0.add(UInt32(truncatingIfNeeded: ticks))
            $0.add(captured ?? UInt32(frame.count))
            $0.add(wire ?? UInt32(frame.count))
            $0.bytes += frame
            $0.pad()
            options(&$0)
        }
    }
}
