import Addressing
package import Capture
import Flows
package import Pipeline
package import Records

/// Feeds a pipeline from capture files, in packet time, as fast as they can be read.
package struct Replay: ~Copyable {
    var capture: CaptureMerge
    var pipeline: Pipeline
    let interval: Range<Int64>?
    /// Frames of one batch that lie in the interval, or that were given the numbers of a recording's captures.
    private var selected = InlineArray<64, Frame>(repeating: Frame.none)
    /// Frames outside the interval.
    var outside: UInt64 = 0
    /// Of the batch, the frame that `read` takes next.
    var next = 0
    /// Interfaces the pipeline knows of already.
    private var described = 0
    private var identity: IdentityFile?
    /// What is fed, where it is a recording of our own.
    var recording: RecordedSession?
    /// Notes that nothing could be made of, and frames of interfaces that no recording has described.
    var notesRefused: UInt64 = 0
    private(set) var framesUnplaced: UInt64 = 0
    let settings: PipelineSettings
    let sink: any RecordSink
    /// Why the journal could not be read on.
    package private(set) var identityFailure: IdentityFileError?
    let isFiltered: Bool
    /// Who writes down what frames carry.
    var decapsulation: InnerFrames?
    /// Whether all files but the first are of other hosts than the journal.
    private let hasStrangers: Bool

    /// Opens the files; "-" is standard input. Frames outside `interval` (nanoseconds of packet time) are left out. `shifts` set the
    /// times of several files right, by their paths; nil where they are all of one host. Else the journal is of the first file's.
    package init(
        paths: [String],
        filter: consuming CaptureFilter?,
        interval: Range<Int64>? = nil,
        identity: consuming IdentityFile? = nil,
        shifts: [String: ClockShift]? = nil,
        settings: PipelineSettings,
        sink: any RecordSink
    ) throws {
        isFiltered = filter != nil
        hasStrangers = shifts != nil
        let parts = try RecordingParts(paths)
        if parts.isRecording, shifts != nil { throw AlignmentFailure.recording(parts.paths[0]) }
        capture = try CaptureMerge(
            paths: parts.paths,
            filter: filter,
            isSequence: parts.isRecording,
            shifts: shifts ?? [:]
        )
        var settings = settings
        if identity != nil { settings.sockets = .told }
        self.settings = settings
        self.sink = sink
        pipeline = Pipeline(settings: settings, sink: sink)
        self.interval = interval
        self.identity = identity
    }

    /// Reads everything. `progress` is called every few thousand frames with how far it is; when it returns false, reading
    /// ends there.
    ///
    /// Throws when a file cannot be read on; what was read before has been concluded and stands in `summary`.
    package mutating func run(progress: (CapturePosition) -> Bool) throws(CaptureError) {
        var batches = 0
        var failure: CaptureError?
        do throws(CaptureError) {
            while try capture.advance() {
                prepare()
                feed(0..<capture.batch.frames.count)
                batches &+= 1
                if batches & 0xff == 0, !progress(capture.position) { break }
            }
        } catch {
            failure = error
        }
        end()
        if let failure { throw failure }
    }

    /// What stands behind the last frame, and the end: flows that are under way end after it.
    mutating func end() {
        if capture.notes.isEmpty { tellNames() } else { takeNotes() }
        pipeline.finish()
    }

    var hasIdentity: Bool { identity != nil }

    /// Says what is to be known before the batch.
    mutating func prepare() {
        if !capture.notes.isEmpty { takeNotes() }
        if recording != nil { return }
        if identity != nil { _ = tellIdentities(for: 0..<capture.batch.frames.count) }
        if capture.interfaceCount > described { describeInterfaces() }
        tellNames()
    }

    /// Takes in some of the batch's frames.
    mutating func feed(_ range: Range<Int>) {
        var rest = range
        while identity != nil, recording == nil, !rest.isEmpty {
            let bound = tellIdentities(for: rest)
            pass(rest.lowerBound..<bound)
            rest = bound..<range.upperBound
        }
        pass(rest)
    }

    private mutating func pass(_ range: Range<Int>) {
        if range.isEmpty { return }
        let batch = capture.batch
        guard interval != nil || recording != nil else {
            return pipeline.frames(FrameBatch(bytes: batch.bytes, frames: batch.frames.extracting(range)))
        }
        recording?.learn(capture)
        var count = 0
        for index in range {
            var frame = batch.frames[index]
            guard interval?.contains(frame.time.nanoseconds) ?? true else {
                outside += 1
                continue
            }
            if recording != nil {
                guard let number = recording?.capture(of: frame.interface) else {
                    framesUnplaced &+= 1
                    continue
                }
                frame.interface = number
            }
            selected[count] = frame
            count += 1
        }
        if count == 0 { return }
        // A recording says itself when what was put off was looked at.
        pipeline.frames(
            FrameBatch(bytes: batch.bytes, frames: selected.span.extracting(first: count)),
            settles: recording == nil
        )
        if recording != nil { _ = pipeline.takeQuestions() }
    }

    /// What the journal says up to the newest of these packets, and a moment further: live, too, packets are looked at a moment after
    /// they passed. An interface that went among them goes in its place; returns behind which packet that, or the last, is.
    private mutating func tellIdentities(for range: Range<Int>) -> Int {
        guard let last = range.last else { return range.upperBound }
        let (first, until) = (capture.batch.frames[range.lowerBound].time, capture.batch.frames[last].time)
        do throws(IdentityFileError) {
            let entries =
                try identity?.take(until: until.adding(Self.foresight), departuresUntil: first) ?? []
            if !entries.isEmpty { pipeline.change(read: entries) }
        } catch {
            identity = nil
            identityFailure = error
        }
        guard let departure = identity?.departure else { return range.upperBound }
        return range.dropFirst().first { capture.batch.frames[$0].time >= departure } ?? range.upperBound
    }

    /// In nanoseconds.
    private static var foresight: Int64 { 200_000_000 }

    mutating func tellNames() {
        for resolved in capture.takeNames() { pipeline.name(resolved.address, resolved.name) }
    }

    private mutating func describeInterfaces() {
        while described < capture.interfaceCount {
            let interface = capture.interface(described)
            var point = ObservationPoint(interface: interface.name, timestampDigits: interface.timestampDigits)
            point.isElsewhere = hasStrangers && interface.file != 0
            pipeline.describe(interface: UInt32(described), as: point)
            // 276 is SLL2: a capture of all interfaces of the host that keeps the journal.
            decapsulation?.describe(interface: UInt32(described), as: point)
            if !point.isElsewhere {
                pipeline.locate(interface: UInt32(described), as: point, seesAll: interface.linkType == 276)
            }
            described += 1
        }
    }
}

extension Frame {
    /// No frame at all, to fill space with.
    fileprivate static var none: Self {
        Self(
            offset: 0,
            time: Timestamp(nanoseconds: 0),
            capturedLength: 0,
            wireLength: 0,
            interface: 0,
            linkType: 0
        )
    }
}
