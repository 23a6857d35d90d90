import Flows
import Pipeline
import Records

/// What `record -o json` prints: flows as they end, and alerts, as they come.
final class RecordReport: RecordSink {
    private let writer = JSONRecordWriter(selection: .standard, resolvesNames: true)
    private let alerts: Alerts
    private let queue: OutputQueue
    let judge: DetectionSink

    /// Alerts that wait to be written behind what was told before them.
    private final class Alerts {
        let writer = JSONRecordWriter()
    }

    init(_ queue: OutputQueue) {
        self.queue = queue
        let alerts = Alerts()
        self.alerts = alerts
        judge = DetectionSink { alerts.writer.write($0) }
    }

    /// Why nothing more can be written.
    var failure: StandardOutput.Failure? { queue.failure }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        writer.flow(action, flow, book, names)
        if writer.count >= JSONRecordWriter.pieceSize { flush() }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    var wantsStarts: Bool { false }

    /// Hands over what has been written so far.
    func flush() {
        writer.drain { queue.put($0) }
        alerts.writer.drain { queue.put($0) }
    }

    /// Writes what judging waited for, and the summary; returns the exit status that a failure asks for.
    func finish(_ summary: CaptureSummary) -> Int32? {
        judge.finish()
        flush()
        writer.write(summary)
        flush()
        if queue.dropped > 0 {
            StandardError.say("\(queue.dropped) lines dropped, as whoever reads standard output was too slow")
        }
        return queue.finish()
    }
}
