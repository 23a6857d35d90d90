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
    var interfaces: [CaptureInterface] = []

    /// Kept up to `CaptureBounds.names`.
    var names: [ResolvedName] = []

    var counts = CaptureCounts()

    var byteOrder = ByteOrder(isForeign: false)

    /// The current section's; a packet names one by its place here.
    var sectionInterfaces: [PcapngInterface] = []

    /// Of the current section's first interface, among all.
    var firstInterface = 0

    /// Notes of a recording before the current batch, and those that come before the next.
    private(set) var notes: [RecordedNote] = []
    private var later: [RecordedNote] = []
    private var noteBytes = 0

    /// For simple packets, which have no time of their own.
    var lastTime = Timestamp(nanoseconds: 0)

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
            if type == PcapngBlock.custom, frames.count > 0 {
                // It may be a note, which stands before the frames behind it.
                return .full
            }
            guard length <= available else {
                if type == PcapngBlock.custom, length <= CaptureBounds.noteLength {
                    guard available >= PcapngBlock.noteBeginning else {
                        return .needs(min(length, PcapngBlock.noteBeginning))
                    }
                    let beginning = unsafe RawSpan(_unsafeStart: base + cursor + 8, byteCount: available - 8)
                    if RecordingMark.isThere(beginning, byteOrder) { return .needs(length) }
                }
                guard isRead(type) else {
                    // What is in the batch goes out first, and this block is met again: it counts then.
                    guard frames.count == 0 else { return .full }
                    count(skipped: type)
                    return .skips(UInt64(length))
                }
                guard length <= CaptureBounds.blockLength else { return .malformed("a block claims \(length) bytes") }
                return .needs(length)
            }
            if unsafe byteOrder.load(UInt32.self, base, at: cursor &+ length &- 4) != UInt32(truncatingIfNeeded: length)
            {
                // Whose packets would follow is not known then.
                guard type != PcapngBlock.sectionHeader else {
                    return .malformed("a section header whose lengths differ")
                }
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

    /// A custom block: a note, or somebody else's.
    private mutating func readCustom(_ body: RawSpan) {
        guard body.byteCount <= CaptureBounds.noteLength, let note = RecordedNote(body, byteOrder) else {
            return count(skipped: PcapngBlock.custom)
        }
        keep(note, in: \.notes)
    }

    /// A packet's option says what happened right after it.
    mutating func noteSettled(_ count: UInt32, beforeNextBatch: Bool) {
        let note = RecordedNote(kind: RecordedNote.settled, bytes: count.littleEndianBytes)
        keep(note, in: beforeNextBatch ? \.later : \.notes)
    }

    private mutating func keep(_ note: RecordedNote, in list: WritableKeyPath<Self, [RecordedNote]>) {
        guard note.bytes.count <= CaptureBounds.notes - noteBytes else {
            counts.notesRefused &+= 1
            return
        }
        noteBytes += note.weight
        counts.notes &+= 1
        self[keyPath: list].append(note)
    }

    /// Whether a batch has notes, or the next one will.
    var hasNotes: Bool { !notes.isEmpty || !later.isEmpty }

    /// The notes so far were of the batch before.
    mutating func beginBatch() {
        notes = later
        later = []
        noteBytes = notes.reduce(0) { $0 + $1.bytes.count + 64 }
    }

    mutating func count(skipped type: UInt32) {
        switch type {
        case PcapngBlock.custom, PcapngBlock.customNotToCopy: counts.customBlocks &+= 1
        case PcapngBlock.decryptionSecrets: counts.secretsBlocks &+= 1
        default: counts.otherBlocks &+= 1
        }
    }

    /// Takes the byte order from a section header of which twelve bytes are there; false when it has none.
    @inline(never) private mutating func beginSection(_ header: UnsafeRawPointer) -> Bool {
        let magic = unsafe header.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard magic == PcapngBlock.byteOrderMagic || magic.byteSwapped == PcapngBlock.byteOrderMagic else {
            return false
        }
        byteOrder = ByteOrder(isForeign: magic != PcapngBlock.byteOrderMagic)
        return true
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
        case PcapngBlock.custom: readCustom(body)
        default: count(skipped: type)
        }
        return nil
    }
}
