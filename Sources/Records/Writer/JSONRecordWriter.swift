package import Addressing
package import Detection
package import Flows

/// Writes records as JSON, one object a line, with the keys of ECS where it has them. `Docs/Records.md` lists them all.
///
/// Collects lines in a buffer that is used again; whoever owns the writer takes them away with `drain` often enough.
/// The same capture gives the same bytes.
package final class JSONRecordWriter: RecordSink {
    /// Which records are written; others are passed over.
    package let selection: RecordSelection

    private var lines: JSONRecordLines

    /// Without `resolvesNames` no `source.domain` and no `destination.domain` is written.
    package init(selection: RecordSelection = .standard, resolvesNames: Bool = true) {
        self.selection = selection
        // Room for what is drained at once and a record more.
        lines = JSONRecordLines(json: JSONBuffer(capacity: Self.pieceSize * 2), resolvesNames: resolvesNames)
    }

    /// The most bytes that `drain` gives away at a time: 64 KiB, what a pipe takes at once.
    package static var pieceSize: Int { 65_536 }

    /// The lines that wait.
    package var bytes: [UInt8] { lines.json.bytes }

    /// How many bytes wait; drain when they are more than `pieceSize`.
    package var count: Int { lines.json.bytes.count }

    /// Gives all waiting lines away, in pieces of at most `pieceSize` bytes, and forgets them, also when `body` fails.
    ///
    /// `body` must not write records.
    package func drain<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        defer { lines.json.removeAll() }
        try lines.json.forEachPiece(of: Self.pieceSize, body)
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if selection.contains(action) { lines.write(FlowRecord(action, flow, book, names)) }
    }

    /// Writes a record that was made before, whatever is selected.
    package func write(_ record: FlowRecord) {
        lines.write(record)
    }

    /// Writes what was found, whatever is selected.
    package func write(_ alert: Alert) {
        lines.write(alert)
    }

    /// The same of one that was made before.
    package func write(_ record: AlertRecord) {
        lines.write(record)
    }

    /// Says that records were left out, as whoever reads them was too slow.
    package func write(dropped count: UInt64, at time: Timestamp) {
        lines.write(dropped: count, at: time)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        if selection.contains(.sightings) { lines.write(sighting, book) }
    }

    package func gap(_ gap: CaptureGap) {
        lines.write(gap)
    }

    /// Writes the `capture_summary`, whatever is selected.
    package func write(_ summary: CaptureSummary) {
        lines.write(summary)
    }
}
