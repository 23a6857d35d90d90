import Flows
import Records

/// Records as JSON lines on standard output, in pieces.
final class JSONReport: RecordSink {
    private let writer: JSONRecordWriter
    private var output = StandardOutput()

    init(selection: RecordSelection, resolvesNames: Bool) {
        writer = JSONRecordWriter(selection: selection, resolvesNames: resolvesNames)
    }

    /// Whether there is any use in going on.
    var isAlive: Bool { output.failure == nil }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        writer.flow(action, flow, book, names)
        if writer.count >= JSONRecordWriter.pieceSize { flush() }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        writer.sighting(sighting, book)
        if writer.count >= JSONRecordWriter.pieceSize { flush() }
    }

    /// Writes the last record and all that is left.
    func finish(_ summary: CaptureSummary) -> Int32? {
        writer.write(summary)
        flush()
        return output.conclude()
    }

    private func flush() {
        writer.drain { bytes in output.write(bytes) }
    }
}
