package import Addressing

/// Reads a capture file in batches: pcap and pcapng of either byte order, plain or packed with gzip.
///
/// Nothing is sorted and no frame is copied. A file that breaks off is read up to there; `ending` tells. Every length
/// is checked against what is there before anything is done with it.
package struct CaptureFileReader: ~Copyable {
    private enum Layout {
        case pcap(PcapRecords)
        case pcapng
    }

    /// Resolved names and counts come from here; the records of a pcap file have neither.
    private var blocks = PcapngBlocks()

    private var window: ReadWindow
    private var frames = FrameBuffer()
    private let layout: Layout
    private let pcapInterfaces: [CaptureInterface]
    private var framesDelivered: UInt64 = 0

    /// How it ended; `nil` while there may be more.
    package private(set) var ending: CaptureEnding?

    /// Opens a file and reads its header; "-" is standard input.
    package init(path: String) throws(CaptureError) {
        try self.init(ByteSource(path: path), chunkLength: ReadWindow.chunkLength)
    }

    /// Reads a capture that is in memory; `path` is what errors will call it.
    ///
    /// A small `chunkLength` makes every border between chunks fall inside a record.
    package init(bytes: [UInt8], path: String = "memory", chunkLength: Int = 256 << 10) throws(CaptureError) {
        try self.init(ByteSource(bytes: bytes, path: path), chunkLength: chunkLength)
    }

    init(_ source: consuming ByteSource, chunkLength: Int) throws(CaptureError) {
        var window = try ReadWindow(source, chunkLength: chunkLength)
        guard try window.fill(4) else { throw CaptureError(path: window.path, reason: Self.reason(tooShort: window)) }
        if let header = try PcapFileHeader(&window) {
            window.start += header.length
            layout = .pcap(PcapRecords(header))
            pcapInterfaces = [header.interface]
        } else {
            try PcapngBlocks.check(&window)
            layout = .pcapng
            pcapInterfaces = []
        }
        self.window = window
    }

    /// The interfaces described so far; the list grows while a pcapng file is read.
    package var interfaces: [CaptureInterface] {
        switch layout {
        case .pcap: pcapInterfaces
        case .pcapng: blocks.interfaces
        }
    }

    /// How many interfaces were described so far.
    package var interfaceCount: Int {
        switch layout {
        case .pcap: 1
        case .pcapng: blocks.interfaces.count
        }
    }

    package var format: CaptureFormat {
        switch layout {
        case .pcap: .pcap
        case .pcapng: .pcapng
        }
    }

    /// Names the file gives to addresses, at most 4096.
    package var names: [ResolvedName] { blocks.names }

    /// How many names there are so far: cheap enough to ask after every batch.
    var nameCount: Int { blocks.names.count }

    /// What a recording of our own says before the frames that the last `advance()` read; after the last frames, what it says behind
    /// them. At most 64 MiB, further ones are counted.
    package var notes: [RecordedNote] { blocks.notes }

    /// Whether there are any: cheap enough to ask after every batch.
    var hasNotes: Bool { blocks.hasNotes }

    package var counts: CaptureCounts {
        var counts = blocks.counts
        counts.frames = framesDelivered
        return counts
    }

    package var position: CapturePosition { window.position }

    package var report: CaptureFileReport {
        CaptureFileReport(path: path, format: format, ending: ending, counts: counts)
    }

    /// The file as the user named it.
    package var path: String { window.path }

    /// The frames that the last `advance()` read, valid until the next.
    package var batch: FrameBatch {
        @_lifetime(borrow self)
        get {
            // Both buffers belong to this value and stay as they are while it is borrowed.
            let bytes = unsafe RawSpan(_unsafeStart: window.base, byteCount: window.end)
            let span = unsafe Span(_unsafeStart: frames.base, count: frames.count)
            return unsafe _overrideLifetime(FrameBatch(bytes: bytes, frames: span), borrowing: self)
        }
    }

    /// The frames of the last `advance()` and the bytes they lie in, for the merge, which keeps within their lifetime.
    var unsafeBatch: (bytes: UnsafeRawBufferPointer, frames: UnsafeBufferPointer<Frame>) {
        unsafe (
            UnsafeRawBufferPointer(start: window.base, count: window.end),
            UnsafeBufferPointer(start: frames.base, count: frames.count)
        )
    }

    /// Reads the next batch of 1 to 64 frames; false at the end, where `ending` tells how it came.
    ///
    /// Throws only when the system cannot read on; what was delivered before stays good.
    package mutating func advance() throws(CaptureError) -> Bool {
        frames.clear()
        if blocks.hasNotes { blocks.beginBatch() }
        while ending == nil {
            let step =
                switch layout {
                case .pcap(let records): records.read(from: &window, into: &frames)
                case .pcapng: blocks.read(from: &window, into: &frames)
                }
            if frames.count > 0 {
                framesDelivered &+= UInt64(frames.count)
                return true
            }
            try proceed(step)
        }
        return false
    }

    /// Does what a record loop asked for before it can deliver more.
    @inline(never) private mutating func proceed(_ step: ReadStep) throws(CaptureError) {
        let offset = window.offset
        switch step {
        case .full: break
        case .needs(let count):
            if try !window.fill(count) { end(at: offset) }
        case .skips(let count):
            if try !window.skip(count) { end(at: offset) }
        case .malformed(let reason):
            ending = .malformed(CaptureBreak(reason: reason, offset: offset))
        }
    }

    /// The source has no more, and a record that began at `offset` is not whole.
    private mutating func end(at offset: UInt64) {
        switch window.unpacking {
        case .damaged: ending = .malformed(CaptureBreak(reason: "the gzip data are damaged", offset: offset))
        case .endsEarly: ending = .truncated(CaptureBreak(reason: "the gzip data end early", offset: offset))
        case .complete, nil:
            ending =
                window.offset == offset && window.available == 0
                ? .complete : .truncated(CaptureBreak(reason: "the last record is cut short", offset: offset))
        }
    }
}

extension CaptureFileReader {
    /// Why a source of fewer than four bytes is no capture.
    private static func reason(tooShort window: borrowing ReadWindow) -> CaptureError.Reason {
        switch window.unpacking {
        case .damaged, .endsEarly: .damagedCompression
        case .complete, nil: window.available == 0 ? .empty : .notACapture
        }
    }
}
