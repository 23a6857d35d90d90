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
    package private(set) var leftOut: UInt64 = 0
    package private(set) var frames: UInt64 = 0

    /// What is handed over at once.
    private static var pieceSize: Int { 64 << 10 }
    /// The most names of a file: what its readers take.
    private static var nameLimit: Int { 4096 }

    /// Makes the first file. Throws `RecordingFailure`, or what keeps a thread from being started.
    package init(_ settings: RecordingSettings) throws {
        self.settings = settings
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

    /// Why nothing more is written.
    package var failure: RecordingFailure? { files.failure }

    /// Hands over what there is.
    package func flush() { flush(writer.count) }

    /// The same, up to the last multiple of `pieceSize` in the file: to write parts of pages takes the kernel half as long again.
    private func flushPieces() {
        if writer.count >= Self.pieceSize { flush((size + writer.count) / Self.pieceSize * Self.pieceSize - size) }
    }

    private func flush(_ count: Int) {
        guard count > 0 else { return }
        files.put(.bytes(writer.takeBytes(count, leaving: files.room())))
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
        // A frame older than the time that was told would count otherwise.
        if let pending, batch.frames[0].time < pending { writePending() }
        pending = nil
        guard files.hasRoom else {
            gap &+= UInt64(count)
            leftOut &+= UInt64(count)
            // The time goes on all the same.
            for index in 0..<count { last = max(last, batch.frames[index].time) }
            if isSettled { write(.advance(last)) }
            return
        }
        Self.add(batch, after: gap, isSettled, to: &writer, &points, places)
        gap = 0
        for index in 0..<count { last = max(last, batch.frames[index].time) }
        frames &+= UInt64(count)
        if began == nil { began = batch.frames[0].time }
        flushPieces()
    }

    /// Writes frames down: apart, as each property of a class that is touched costs a check, and one that is lent beside another a copy.
    private static func add(
        _ batch: borrowing FrameBatch,
        after gap: UInt64,
        _ isSettled: Bool,
        to writer: inout PcapngWriter,
        _ points: inout RecordedPoints,
        _ places: RecordedPlaces
    ) {
        let version = places.version
        let count = batch.frames.count
        for index in 0..<count {
            let frame = batch.frames[index]
            let bytes = batch.bytes(of: frame)
            var remarks = PacketRemarks()
            let interface =
                points.recentNumber(of: frame, bytes, version: version)
                ?? points.number(of: frame, bytes, places, &writer, &remarks.comment)
            if index == 0 { remarks.lost = gap }
            if index == count - 1 { remarks.isSettled = isSettled }
            writer.add(
                bytes,
                wireLength: Int(frame.wireLength),
                at: frame.time,
                interface: interface,
                remarks: remarks
            )
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
        last = to
        began = nil
    }

    package func finished() {
        writePending()
        write(.end(leftOut: leftOut))
        points.writeStatistics(lost: leftOut, at: last, &writer)
        flush()
    }

    package var wantsStanding: Bool {
        if let limit = settings.fileSize, size + writer.count - opening >= limit { return true }
        if let limit = settings.fileTime, let began, last.nanoseconds &- began.nanoseconds >= limit { return true }
        return false
    }

    package func stands(_ standing: PipelineStanding) {
        writePending()
        flush()
        start.number += 1
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
