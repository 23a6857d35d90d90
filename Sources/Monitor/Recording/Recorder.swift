package import Addressing
import Capture
package import Containers
package import Flows
package import Pipeline

/// Writes down what a pipeline is told, so that a replay tells another one the same: a recording.
///
/// It is the pipeline's `log`, on the thread that captures; the files are written on another. Frames for which there is no room are left
/// out and counted, and the next one written says how many; changes never are.
package final class Recorder: InputLog {
    private let settings: RecordingSettings
    private let files: RecordingFiles
    private var writer: PcapngWriter
    private var start: RecordingStart
    private var places = RecordedPlaces()
    private var points: RecordedPoints
    /// Names that the file has already.
    private var named: [IPAddress: String] = [:]
    /// The newest time that was told and may count for what comes.
    private var pending: Timestamp?
    /// Bytes of the file that were handed over, and how many of them tell what stood when it began.
    private var size = 0
    private var opening = 0
    /// When the first frame passed of the file.
    private var began: Timestamp?
    private var last = Timestamp(nanoseconds: 0)
    /// Frames left out since the last one written, and in all.
    private var gap: UInt64 = 0
    private var refused: UInt64 = 0
    private var handed: UInt64 = 0
    private var choice: RecordedChoice?
    /// What is in the writer.
    private var contents = RecordingFiles.Contents()
    /// When it is tried to write again.
    private var retry: Timestamp?

    /// What is handed over at once.
    private static var pieceSize: Int { 64 << 10 }
    /// Nanoseconds until it is tried again to write, where that failed.
    private static var patience: Int64 { 30_000_000_000 }
    /// The most names of a file: what its readers take.
    private static var nameLimit: Int { 4096 }

    /// Makes the first file. Throws `RecordingFailure`, `CaptureFilterError`, or what keeps a thread from being started.
    package init(_ settings: RecordingSettings) throws {
        self.settings = settings
        choice = try RecordedChoice(settings)
        files = try RecordingFiles(settings)
        var generator = SystemRandomNumberGenerator()
        start = RecordingStart(
            identifier: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) },
            number: 1
        )
        start.vxlanPorts = settings.vxlanPorts
        writer = PcapngWriter(application: settings.application)
        points = RecordedPoints(snapshotLength: settings.snapshotLength)
        points.beginFile(&writer)
        write(.begin(start))
    }

    /// Begins to write the files of a ring, on a thread with the rights that the caller's has. Those of others are written from the first on.
    package func begin() throws { try files.begin() }

    /// Why nothing more is written.
    package var failure: RecordingFailure? { files.failure }

    /// Frames that were written, or are about to be.
    package var frames: UInt64 { handed &- files.lost }

    /// Frames that there was no room for.
    package var leftOut: UInt64 { refused &+ files.lost }

    /// Hands over what there is.
    package func flush() { flush(writer.count) }

    /// Hands over what goes beyond a multiple of `pieceSize` in the file, up to there: to write parts of pages takes the kernel half as long
    /// again.
    private func flushPieces() {
        let end = (size + writer.count) / Self.pieceSize * Self.pieceSize
        if end > size { flush(end - size) }
    }

    private func flush(_ count: Int) {
        // Where frames filled what was handed over to its last byte, that they did so is yet to be told.
        guard count > 0 || contents.frames > 0 else { return }
        files.put(.bytes(count > 0 ? writer.takeBytes(count, leaving: files.room()) : [], contents))
        contents = RecordingFiles.Contents()
        size += count
    }

    /// Waits until all is written.
    package func finish() throws(RecordingFailure) {
        flush()
        try files.finish()
    }

    /// Takes back what was begun, as nothing will be recorded.
    package func discard() { files.discard() }

    private func write(_ input: RecordedInput, isRepeated: Bool = false) {
        for var note in input.notes {
            note.isRepeated = isRepeated
            writer.add(note)
        }
        flushPieces()
    }

    /// What was put off is due, as something else comes first.
    private func writePending() {
        guard let time = pending else { return }
        pending = nil
        write(.advance(time))
    }

    private func writeNames() {
        var names: [ResolvedName] = []
        for (address, name) in places.takeNames() where named[address] != name && named.count < Self.nameLimit {
            named[address] = name
            names.append(ResolvedName(address: address, name: name))
        }
        // A block's length has room for all, and a reader's bound for some hundred thousand bytes.
        writer.add(names)
    }
}

/// What the pipeline tells.
extension Recorder {
    package func frames(_ batch: borrowing FrameBatch, isSettled: Bool) {
        let count = batch.frames.count
        guard count > 0 else { return }
        let wanted = choice?.wanted(batch, places) ?? .max
        // A frame older than the time that was told would count otherwise.
        if let pending {
            let first = min(wanted.trailingZeroBitCount, count - 1)
            if batch.frames[first].time < pending { writePending() }
        }
        let before = pending
        pending = nil
        guard files.hasRoom, files.failure == nil else {
            gap &+= UInt64(count)
            refused &+= UInt64(count)
            // The time goes on all the same.
            for index in 0..<count { last = max(last, batch.frames[index].time) }
            if isSettled { write(.advance(last)) }
            return
        }
        var written = RecordingFiles.Contents()
        let limit = settings.snapshotLength == 0 ? Int.max : Int(settings.snapshotLength)
        Self.write(batch, wanted, after: gap, isSettled, limit: limit, to: &writer, &points, &written, places)
        for index in 0..<count { last = max(last, batch.frames[index].time) }
        if written.frames > 0 { gap = 0 }
        if began == nil { began = written.first }
        handed &+= written.frames
        // What is not written has a time all the same, and may have settled something.
        if wanted >> UInt64(count - 1) & 1 == 0 { pending = max(before ?? last, last) }
        // What of these frames stays in the writer counts with what comes.
        flushPieces()
        contents.add(written)
    }

    /// Writes the wanted frames of a batch down. Apart, as each property of a class that is touched costs a check, and one that is lent
    /// beside another a copy.
    private static func write(
        _ batch: borrowing FrameBatch,
        _ wanted: UInt64,
        after gap: UInt64,
        _ isSettled: Bool,
        limit: Int,
        to writer: inout PcapngWriter,
        _ points: inout RecordedPoints,
        _ written: inout RecordingFiles.Contents,
        _ places: RecordedPlaces
    ) {
        let version = places.version
        let count = batch.frames.count
        for index in 0..<count where wanted >> UInt64(index) & 1 == 1 {
            let frame = batch.frames[index]
            let bytes = batch.bytes(of: frame)
            var remarks = PacketRemarks()
            let interface =
                points.recentNumber(of: frame, bytes, version: version)
                ?? points.number(of: frame, bytes, places, &writer, &remarks.comment)
            if written.frames == 0 { remarks.lost = gap }
            if index == count - 1 { remarks.isSettled = isSettled }
            writer.add(
                bytes.extracting(first: limit),
                wireLength: Int(frame.wireLength),
                at: frame.time,
                interface: interface,
                remarks: remarks
            )
            written.add(frame.time)
        }
    }

    package func changed(_ entries: some Collection<JournalEntry>) {
        if entries.isEmpty { return }
        writePending()
        write(.changes(Array(entries)))
        for entry in entries {
            places.apply(entry.change)
            last = max(last, entry.time)
        }
        writeNames()
    }

    package func advanced(to time: Timestamp, isDue: Bool) {
        guard isDue else {
            // Time does not go back by what is told late.
            pending = max(pending ?? time, time)
            return
        }
        if let pending, pending > time { writePending() }
        pending = nil
        write(.advance(time))
    }

    package func watched(_ capture: WatchedCapture) {
        writePending()
        points.note(capture)
        choice?.note(capture)
        write(.capture(capture))
    }

    package func gaveUp(_ key: SocketKey) {
        writePending()
        write(.unanswered(key))
    }

    package func detailed(_ detail: FlowDetailLevel) {
        writePending()
        write(.detail(detail))
    }

    package func startedOver() {
        writePending()
        write(.startedOver)
    }

    package func clockChanged(from: Timestamp, to: Timestamp) {
        writePending()
        write(.clock(from: from, to: to))
        settings.ring?.clockChanged(from: from, to: to)
        last = to
        began = nil
    }

    package func finished() {
        writePending()
        write(.end(leftOut: refused))
        points.writeStatistics(lost: refused, at: last, &writer)
        flush()
    }

    package var wantsStanding: Bool {
        if let ring = settings.ring {
            if files.failure != nil { return mayTryAgain() }
            // One without a packet is not ended for another.
            if ring.isDue(at: last), began != nil { return true }
        }
        if let limit = settings.fileSize, size + writer.count - opening >= limit { return true }
        if let limit = settings.fileTime, let began, last.nanoseconds &- began.nanoseconds >= limit { return true }
        return false
    }

    /// Whether it is time to, after a failure.
    private func mayTryAgain() -> Bool {
        // A clock that was set back is no reason to wait for longer.
        if let retry, last >= retry || retry.nanoseconds - last.nanoseconds > Self.patience {
            self.retry = nil
            return true
        }
        if retry == nil { retry = last.adding(Self.patience) }
        return false
    }

    package func stands(_ standing: PipelineStanding) {
        writePending()
        flush()
        start.number += 1
        settings.ring?.fileEnded(at: last)
        files.put(.file(start.number))
        size = 0
        began = nil
        writer = PcapngWriter(application: settings.application)
        points.beginFile(&writer)
        named = [:]
        write(.begin(start))
        for capture in standing.captures { write(.capture(capture), isRepeated: true) }
        write(.detail(standing.detail), isRepeated: true)
        let time = standing.time ?? last
        write(.changes(standing.changes.map { JournalEntry(time: time, change: $0) }), isRepeated: true)
        places.tellAgain()
        writeNames()
        // What is told anew does not count, or a file that it fills would be followed by the next at once.
        flush()
        opening = size
    }
}
