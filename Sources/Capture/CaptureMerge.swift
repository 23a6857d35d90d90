package import Addressing

/// Reads several capture files as one, in the order of time.
///
/// No file is sorted inside: of the files' next frames the earliest is delivered, at the same moment that of the file
/// named first. Interfaces are renumbered so that each number means one interface of one file, or of files of which one goes on where the
/// other ended. A stretch in which only
/// one file has frames is delivered from where it was read; where files interleave, frames are copied together.
@safe package struct CaptureMerge: ~Copyable {
    /// Where the current batch's bytes are.
    private enum Place {
        case none
        /// In the window of the only source, with the frames as it numbers them.
        case only
        /// In the window of this source, which therefore must not read on.
        case source(Int)
        case copied
    }

    /// Shorter runs of one file are not worth a batch of their own.
    private static var shortestRun: Int { 16 }

    var sources: MergeSources
    var filter: CaptureFilter?
    private var frames = FrameBuffer()
    private var bytes = MergeBytes()
    private var place = Place.none

    /// Sources that have a next frame, as a binary heap: the earliest first.
    private var heap: [Int] = []

    /// What each interface number means.
    var origins: [(source: Int, interface: Int)] = []

    /// Whether the first batches were asked for.
    private var isStarted = false

    /// Whether frames of the heap's first were taken since it was put there.
    private var isRootTaken = false

    /// Whether each file is read to its end before the next, whatever its times are.
    private let isSequence: Bool

    /// What recordings of our own say before the frames that the last `advance()` read, and since the frames before those.
    package private(set) var notes: [RecordedNote] = []
    private var noteBytes = 0

    /// Frames that the filter held back.
    package private(set) var framesFiltered: UInt64 = 0

    /// Opens the files, in the order in which they win ties; "-" is standard input. With `isSequence` they are read one after the other,
    /// as the parts of one recording. `shifts` set the times of files right, by their paths; of a single file nothing is.
    package init(
        paths: [String],
        filter: consuming CaptureFilter? = nil,
        isSequence: Bool = false,
        shifts: [String: ClockShift] = [:]
    ) throws(CaptureError) {
        self.isSequence = isSequence
        var sources = MergeSources(capacity: paths.count)
        // All windows together should stay in the cache, and a thousand files must not need gigabytes.
        let chunkLength = max(16 << 10, ReadWindow.chunkLength / max(1, paths.count))
        for path in paths {
            let reader = try CaptureFileReader(ByteSource(path: path), chunkLength: chunkLength)
            sources.append(MergeSource(reader, shift: shifts[path]))
        }
        self.sources = sources
        self.filter = filter
    }

    /// Merges captures that are in memory.
    package init(
        captures: [[UInt8]],
        filter: consuming CaptureFilter? = nil,
        isSequence: Bool = false
    ) throws(CaptureError) {
        self.isSequence = isSequence
        var sources = MergeSources(capacity: captures.count)
        for (index, bytes) in captures.enumerated() {
            sources.append(MergeSource(try CaptureFileReader(bytes: bytes, path: "memory \(index)")))
        }
        self.sources = sources
        self.filter = filter
    }

    /// The frames that the last `advance()` read, valid until the next.
    package var batch: FrameBatch {
        @_lifetime(borrow self)
        get {
            let bytes: UnsafeRawBufferPointer
            var frames = unsafe UnsafeBufferPointer(start: self.frames.base, count: self.frames.count)
            switch place {
            case .none: unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            case .only: unsafe (bytes, frames) = sources[0].reader.unsafeBatch
            case .source(let index): unsafe bytes = sources[index].reader.unsafeBatch.bytes
            case .copied: unsafe bytes = self.bytes.written
            }
            // Every one of these buffers belongs to this value and stays as it is while it is borrowed.
            let batch = unsafe FrameBatch(bytes: RawSpan(_unsafeBytes: bytes), frames: Span(_unsafeElements: frames))
            return unsafe _overrideLifetime(batch, borrowing: self)
        }
    }

    /// Reads the next batch of at most 64 frames; false when all files are at their end. One without frames has notes, of which there were
    /// many between frames that the filter held back.
    ///
    /// Throws only when the system cannot read on; what was delivered before stays good.
    package mutating func advance() throws(CaptureError) -> Bool {
        frames.clear()
        bytes.clear()
        if !notes.isEmpty {
            notes = []
            noteBytes = 0
        }
        guard !isDirect else {
            place = .only
            return try refill(0)
        }
        place = .none
        try begin()
        while frames.count == 0, noteBytes < CaptureBounds.filteredNotes, try settle(), let first = heap.first {
            if !sources[first].hasBegun, !isSequence { beginFile(first) }
            let run = runLength(of: first)
            if heap.count == 1 || run >= min(Self.shortestRun, sources[first].left) {
                deliver(first, count: run)
            } else {
                try interleave()
            }
        }
        return frames.count > 0 || noteBytes >= CaptureBounds.filteredNotes
    }
}

extension CaptureMerge {
    /// Whether there is nothing to merge, renumber or hold back.
    private var isDirect: Bool { sources.count == 1 && filter == nil }

    /// Reads every file's first batch.
    private mutating func begin() throws(CaptureError) {
        guard !isStarted else { return }
        isStarted = true
        for index in 0..<sources.count where try refill(index) {
            heap.append(index)
            // The others' turn comes when it is over.
            if isSequence { return }
        }
        for parent in stride(from: heap.count / 2, through: 0, by: -1) { sift(from: parent) }
    }

    /// Puts the file that was delivered from where its next frame belongs; always true.
    private mutating func settle() throws(CaptureError) -> Bool {
        guard isRootTaken, let first = heap.first else { return true }
        isRootTaken = false
        if sources[first].left == 0, try !refill(first) {
            if isSequence, let next = try nextOfSequence(after: first) {
                heap[0] = next
                return true
            }
            let last = heap.removeLast()
            if !heap.isEmpty { heap[0] = last }
        }
        sift(from: 0)
        return true
    }

    /// The next file that has frames.
    private mutating func nextOfSequence(after index: Int) throws(CaptureError) -> Int? {
        for next in (index + 1)..<sources.count where try refill(next) { return next }
        return nil
    }

    /// Reads a file's next batch; false when it is at its end.
    private mutating func refill(_ index: Int) throws(CaptureError) -> Bool {
        let isThere = try sources[index].refill(total: &origins, source: index)
        if sources[index].reader.hasNotes {
            let more = sources[index].reader.notes
            notes += more
            noteBytes += more.reduce(0) { $0 + $1.weight }
        }
        return isThere
    }

    /// Moves a heap entry down until nothing below it is earlier.
    private mutating func sift(from start: Int) {
        var parent = start
        while true {
            var earliest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if isEarlier(heap[child], heap[earliest]) { earliest = child }
            }
            guard earliest != parent else { return }
            heap.swapAt(parent, earliest)
            parent = earliest
        }
    }

    private func isEarlier(_ left: Int, _ right: Int) -> Bool {
        let (leftTime, rightTime) = (sources[left].time, sources[right].time)
        return leftTime < rightTime || leftTime == rightTime && left < right
    }

    /// How many frames the earliest file has before any other has one.
    private func runLength(of first: Int) -> Int {
        var run = sources[first].left
        for other in heap.dropFirst().prefix(2) {
            run = min(run, sources[first].run(before: sources[other].time, winsTies: first < other))
        }
        return run
    }

    /// Delivers frames from where they were read.
    private mutating func deliver(_ source: Int, count: Int) {
        place = .source(source)
        let base = unsafe sources[source].reader.unsafeBatch.bytes.baseAddress
        for _ in 0..<count {
            let frame = sources[source].take()
            if unsafe isKept(frame, base) { frames.append(frame) }
        }
        isRootTaken = true
    }

    /// Copies frames of several files together, until the batch or the room for bytes is full.
    private mutating func interleave() throws(CaptureError) {
        place = .copied
        while !frames.isFull, try settle(), let first = heap.first {
            if !sources[first].hasBegun { beginFile(first) }
            guard frames.count == 0 || bytes.hasRoom(for: sources[first].nextLength) else { return }
            var frame = sources[first].take()
            isRootTaken = true
            let base = unsafe sources[first].reader.unsafeBatch.bytes.baseAddress
            guard unsafe isKept(frame, base), let base = unsafe base else { continue }
            frame.offset = unsafe bytes.append(base + frame.offset, count: Int(frame.capturedLength))
            frames.append(frame)
        }
    }

    private mutating func isKept(_ frame: Frame, _ base: UnsafeRawPointer?) -> Bool {
        guard filter != nil, let base = unsafe base else { return true }
        let isKept = unsafe filter?.keeps(frame, at: base + frame.offset) ?? true
        if !isKept { framesFiltered &+= 1 }
        return isKept
    }
}
