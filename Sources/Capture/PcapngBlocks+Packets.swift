import Addressing

/// The three kinds of blocks that hold a packet.
extension PcapngBlocks {
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
    @inline(__always) mutating func readEnhancedPacket(
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
            if let count = readPacketOptions(options) {
                let isDelivered = frames.count > 0
                if isDelivered { frames.close() }
                noteSettled(count, beforeNextBatch: isDelivered)
            }
        }
    }

    /// The packet block that the enhanced one replaced: a shorter interface number, and a count of lost packets.
    mutating func readPacket(_ body: RawSpan, at offset: Int, into frames: inout FrameBuffer) {
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
    mutating func readSimplePacket(_ body: RawSpan, at offset: Int, into frames: inout FrameBuffer) {
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

    /// Adds a frame whose bytes are known to be there.
    @inline(__always) mutating func deliver(
        _ interface: Int,
        _ ticks: UInt64,
        offset: Int,
        captured: Int,
        wire: UInt32,
        into frames: inout FrameBuffer
    ) {
        guard captured <= CaptureBounds.frameLength else {
            counts.damagedBlocks &+= 1
            return
        }
        guard interface < sectionInterfaces.count else {
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

    /// Comments and the number of packets lost before this one; returns what a recording says of what came right after it.
    @inline(never) mutating func readPacketOptions(_ bytes: RawSpan) -> UInt32? {
        var settled: UInt32?
        let dropCount: UInt16 = 4
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            if option.code == PcapngOptions.comment { counts.comments &+= 1 }
            if option.code == dropCount, option.value.count >= 8 {
                addLost(byteOrder.load(UInt64.self, bytes, at: option.value.lowerBound))
            }
            if option.code == RecordingOption.code,
                let option = RecordingOption.read(bytes.extracting(option.value), byteOrder),
                option.kind == RecordingOption.settled
            {
                settled = option.number
            }
        }
        return settled
    }

    mutating func addLost(_ count: UInt64) {
        let (sum, overflow) = (counts.lostBetweenPackets ?? 0).addingReportingOverflow(count)
        counts.lostBetweenPackets = overflow ? .max : sum
    }
}
