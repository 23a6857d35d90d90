import Addressing
import Capture
import Flows
import Glibc
import Pipeline
import Records

/// The loop of a live capture on one thread.
struct Run: ~Copyable {
    private let feedsPipeline: Bool
    private let listener = Listener()
    private var pipeline: Pipeline
    private(set) var packets: UInt64 = 0
    private(set) var polls: UInt64 = 0

    /// A run that feeds a pipeline, or counts only.
    init(feedsPipeline: Bool) {
        self.feedsPipeline = feedsPipeline
        var settings = PipelineSettings()
        // Who watches wants to know at once.
        settings.flows.reportsStarts = true
        pipeline = Pipeline(settings: settings, sink: listener)
    }

    /// Flows that the pipeline began.
    var flows: UInt64 { listener.started }

    /// Takes what comes until the clock says `end`, and waits in poll(2) when nothing does.
    mutating func follow(_ capture: inout LiveCapture, until end: Int64) throws {
        while LiveDriver.now() < end, capture.ending == nil {
            while try capture.advance() {
                let batch = capture.batch
                packets &+= UInt64(batch.frames.count)
                if feedsPipeline { pipeline.frames(batch) }
            }
            if feedsPipeline { pipeline.advance(to: Timestamp(nanoseconds: LiveDriver.now())) }
            var request = pollfd(fd: capture.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, 100)
            polls += 1
        }
    }

    /// Counts what begins.
    private final class Listener: RecordSink {
        var started: UInt64 = 0

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
            if action == .started { started += 1 }
        }

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
    }
}
