import Addressing

/// Walks the blocks of a pcapng file, section after section.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                          Block Type                           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      Block Total Length                       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     /                          Block Body                           /
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      Block Total Length                       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// draft-ietf-opsawg-pcapng, section 3.1. A block whose inside is damaged is counted and passed over as long as its
/// length can be right; a section's own length is not used, since its blocks say where it ends.
struct PcapngBlocks {
    /// Over all sections, in the order they were described.
    private(set) var interfaces: [CaptureInterface] = []

    /// Kept up to `CaptureBounds.names`.
    private(set) var names: [ResolvedName] = []

    private(set) var counts = CaptureCounts()

    private var byteOrder = ByteOrder(isForeign: false)

    /// The current section's; a packet names one by its place here.
    private var sectionInterfaces: [PcapngInterface] = []

    /// Of the current section's first interface, among all.
    private var firstInterface = 0

    /// For simple packets, which have no time of their own.
    private var lastTime = Timestamp(nanoseconds: 0)

    /// Takes whole blocks from the window until the batch is full or no whole block is left.
    mutating func read(from window: inout ReadWindow, into frames: inout FrameBuffer) -> ReadStep {
        let base = unsafe UnsafeRawPointer(window.base)
        let end = window.end
        var cursor = window.start
        defer { window.start = cursor }
        while !frames.isFull {
            let available = end &- cursor
            guard available >= PcapngBlock.minimumLength else { return .needs(PcapngBlock.minimumLength) }
            let type = unsafe byteOrder.load(UInt32.self, base, at: cursor)
            if type == PcapngBlock.sectionHeader, unsafe !beginSection(base + cursor) {
                return .malformed("a section header without the byte-order magic")
            }
            let length = Int(unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 4))
            guard length >= PcapngBlock.minimumLength, length & 3 == 0 else {
                return .malformed("a block claims \(length) bytes")
            }
            guard length <= available else {
                guard isRead(type) else {
                    count(skipped: type)
                    return .skips(UInt64(length))
                }
                guard length <= CaptureBounds.blockLength else { return .malformed("a block claims \(length) bytes") }
                return .needs(length)
            }
            if unsafe byteOrder.load(UInt32.self, base, at: cursor &+ length &- 4) != UInt32(truncatingIfNeeded: length) {
                counts.damagedBlocks &+= 1
            } else if type == PcapngBlock.enhancedPacket {
                unsafe readEnhancedPacket(base, at: cursor, length: length, into: &frames)
            } else {
                let body = unsafe RawSpan(_unsafeStart: base + cursor + 8, byteCount: length - 12)
                if let reason = read(type, body, at: cursor + 8, into: &frames) { return .malformed(reason) }
            }
            cursor &+= length
        }
        return .full
    }

    /// Whether blocks of this type are looked into.
    private func isRead(_ type: UInt32) -> Bool {
        type == PcapngBlock.sectionHeader || type >= 1 && type <= PcapngBlock.enhancedPacket
    }

    private mutating func count(skipped type: UInt32) {
        switch type {
        case PcapngBlock.custom, PcapngBlock.customNotToCopy: counts.customBlocks &+= 1
        case PcapngBlock.decryptionSecrets: counts.secretsBlocks &+= 1
        default: counts.otherBlocks &+= 1
        }
    }

    /// Takes the byte order from a section header of which twelve bytes are there; false when it has none.
    @inline(never) private mutating func beginSection(_ header: UnsafeRawPointer) -> Bool {
        let magic = unsafe header.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard magic == PcapngBlock.byteOrderMagic || magic.byteSwapped == PcapngBlock.byteOrderMagic else { return false }
        byteOrder = ByteOrder(isForeign: magic != PcapngBlock.byteOrderMagic)
        return true
    }

    ///      0                   1                   2                   3
    ///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///   8 |                         Interface ID                          |
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///  12 |                        Timestamp (High)                       |
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///  16 |                        Timestamp (Low)                        |
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///  20 |                    Captured Packet Length                     |
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///  24 |                    Original Packet Length                     |
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///  28 /                          Packet Data                          /
    ///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    ///
    /// draft-ietf-opsawg-pcapng, section 4.3. The whole block is there.
    @inline(__always) private mutating func readEnhancedPacket(
        _ base: UnsafeRawPointer,
        at cursor: Int,
        length: Int,
        into frames: inout FrameBuffer
    ) {
        guard length >= 32 else {
            counts.damagedBlocks &+= 1
            return
        }
        let interface = Int(unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 8))
        let high = UInt64(unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 12))
        let low = UInt64(unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 16))
        let captured = Int(unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 20))
        let wire = unsafe byteOrder.load(UInt32.self, base, at: cursor &+ 24)
        let afterFrame = 28 &+ (captured &+ 3) & ~3
        guard captured <= length &- 32 else {
            counts.damagedBlocks &+= 1
            return
        }
        deliver(interface, high << 32 | low, offset: cursor &+ 28, captured: captured, wire: wire, into: &frames)
        if afterFrame &+ 8 <= length &- 4 {
            let options = unsafe RawSpan(_unsafeStart: base + cursor + afterFrame, byteCount: length - 4 - afterFrame)
            readPacketOptions(options)
        }
    }
}

extension PcapngBlocks {
    /// Adds a frame whose bytes are known to be there.
    @inline(__always) private mutating func deliver(
        _ interface: Int,
        _ ticks: UInt64,
        offset: Int,
        captured: Int,
        wire: UInt32,
        into frames: inout FrameBuffer
    ) {
        guard interface < sectionInterfaces.count, captured <= CaptureBounds.frameLength else {
            counts.unknownInterface &+= 1
            return
        }
        let described = sectionInterfaces[interface]
        lastTime = described.resolution.time(ticks: ticks)
        let captured = UInt32(truncatingIfNeeded: captured)
        frames.append(
            Frame(
                offset: offset,
                time: lastTime,
                capturedLength: captured,
                wireLength: max(captured, wire),
                interface: UInt32(truncatingIfNeeded: firstInterface &+ interface),
                linkType: described.linkType
            )
        )
    }

    /// Comments and the number of packets lost before this one.
    @inline(never) private mutating func readPacketOptions(_ bytes: RawSpan) {
        let dropCount: UInt16 = 4
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            if option.code == PcapngOptions.comment { counts.comments &+= 1 }
            if option.code == dropCount, option.value.count >= 8 {
                addLost(byteOrder.load(UInt64.self, bytes, at: option.value.lowerBound))
            }
        }
    }

    private mutating func addLost(_ count: UInt64) {
        let (sum, overflow) = (counts.lostBetweenPackets ?? 0).addingReportingOverflow(count)
        counts.lostBetweenPackets = overflow ? .max : sum
    }

    /// Reads a block of any other type. A reason to stop comes back when a section cannot be read.
    @inline(never) private mutating func read(
        _ type: UInt32,
        _ body: RawSpan,
        at offset: Int,
        into frames: inout FrameBuffer
    ) -> String? {
        switch type {
        case PcapngBlock.sectionHeader: return readSectionHeader(body)
        case PcapngBlock.interfaceDescription: readInterface(body)
        case PcapngBlock.packet: readPacket(body, at: offset, into: &frames)
        case PcapngBlock.simplePacket: readSimplePacket(body, at: offset, into: &frames)
        case PcapngBlock.nameResolution: readNames(body)
        case PcapngBlock.interfaceStatistics: readStatistics(body)
        default: count(skipped: type)
        }
        return nil
    }

    private mutating func readSectionHeader(_ body: RawSpan) -> String? {
        guard body.byteCount >= 16 else { return "a section header of \(body.byteCount) bytes" }
        let major = byteOrder.load(UInt16.self, body, at: 4)
        guard major == 1 else { return "a section of pcapng version \(major)" }
        sectionInterfaces.removeAll(keepingCapacity: true)
        firstInterface = interfaces.count
        countComments(body.extracting(droppingFirst: 16))
        return nil
    }

    private mutating func readInterface(_ body: RawSpan) {
        guard interfaces.count < CaptureBounds.interfaces else {
            counts.interfacesRefused &+= 1
            return
        }
        if body.byteCount < 8 { counts.damagedBlocks &+= 1 }
        let description = InterfaceDescription(body, byteOrder)
        counts.comments &+= description.comments
        interfaces.append(description.interface)
        sectionInterfaces.append(
            PcapngInterface(
                linkType: description.interface.linkType,
                snapLength: description.interface.snapLength,
                resolution: description.resolution
            )
        )
    }

    /// The packet block that the enhanced one replaced: a shorter interface number, and a count of lost packets.
    private mutating func readPacket(_ body: RawSpan, at offset: Int, into frames: inout FrameBuffer) {
        guard body.byteCount >= 20 else {
            counts.damagedBlocks &+= 1
            return
        }
        let captured = Int(byteOrder.load(UInt32.self, body, at: 12))
        guard captured <= body.byteCount - 20 else {
            counts.damagedBlocks &+= 1
            return
        }
        // All ones mean that the writer does not know.
        let lost = byteOrder.load(UInt16.self, body, at: 2)
        if lost != .max { addLost(UInt64(lost)) }
        let high = UInt64(byteOrder.load(UInt32.self, body, at: 4))
        deliver(
            Int(byteOrder.load(UInt16.self, body, at: 0)),
            high << 32 | UInt64(byteOrder.load(UInt32.self, body, at: 8)),
            offset: offset + 20,
            captured: captured,
            wire: byteOrder.load(UInt32.self, body, at: 16),
            into: &frames
        )
        countComments(body.extracting(droppingFirst: min(body.byteCount, 20 + (captured + 3) & ~3)))
    }

    /// A simple packet block: of the section's first interface, as long as its snapshot length lets it be.
    private mutating func readSimplePacket(_ body: RawSpan, at offset: Int, into frames: inout FrameBuffer) {
        guard body.byteCount >= 4 else {
            counts.damagedBlocks &+= 1
            return
        }
        guard let interface = sectionInterfaces.first else {
            counts.unknownInterface &+= 1
            return
        }
        let wire = byteOrder.load(UInt32.self, body, at: 0)
        let kept = interface.snapLength == 0 ? wire : min(wire, interface.snapLength)
        let captured = UInt32(min(Int(kept), body.byteCount - 4))
        frames.append(
            Frame(
                offset: offset + 4,
                time: lastTime,
                capturedLength: captured,
                wireLength: wire,
                interface: UInt32(truncatingIfNeeded: firstInterface),
                linkType: interface.linkType
            )
        )
    }

    private mutating func readNames(_ body: RawSpan) {
        var records = NameResolutionRecords(body, byteOrder)
        while let record = records.next() {
            var rest = record.names
            while let (name, after) = records.name(in: rest) {
                rest = after
                guard names.count < CaptureBounds.names else {
                    counts.namesRefused &+= 1
                    continue
                }
                names.append(ResolvedName(address: record.address, name: name))
            }
        }
        countComments(body.extracting(droppingFirst: records.offset))
    }

    private mutating func readStatistics(_ body: RawSpan) {
        guard let statistics = InterfaceStatistics(body, byteOrder) else {
            counts.damagedBlocks &+= 1
            return
        }
        counts.comments &+= statistics.comments
        guard statistics.interface < sectionInterfaces.count else { return }
        statistics.update(&interfaces[firstInterface + Int(statistics.interface)])
    }

    private mutating func countComments(_ bytes: RawSpan) {
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            if option.code == PcapngOptions.comment { counts.comments &+= 1 }
        }
    }
}
