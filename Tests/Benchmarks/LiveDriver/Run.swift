import Addressing
import Capture
import Containers
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

    /// Takes in an identity journal, and says which interface of its host frames come from: "any" and files, all of them.
    mutating func read(journal path: String, capturingOn interface: String) throws {
        var reader = JournalReader()
        var entries: [JournalEntry] = []
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw LiveDriver.Usage() }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
            guard count > 0 else { break }
            try reader.read(bytes.span.extracting(0..<count)) { entries.append($0) }
        }
        pipeline.change(entries)
        let point = ObservationPoint(interface: interface)
        pipeline.locate(interface: 0, as: point, seesAll: interface == "any" || interface.contains("/"))
    }

    /// Reads a capture file to its end.
    mutating func follow(file path: String) throws {
        var capture = try CaptureMerge(paths: [path])
        while try capture.advance() { take(capture.batch) }
    }

    /// Takes what comes until the clock says `end`, and waits in poll(2) when nothing does.
    mutating func follow(_ capture: inout LiveCapture, until end: Int64) throws {
        while LiveDriver.now() < end, capture.ending == nil {
            while try capture.advance() { take(capture.batch) }
            if feedsPipeline { pipeline.advance(to: Timestamp(nanoseconds: LiveDriver.now())) }
            var request = pollfd(fd: capture.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, 100)
            polls += 1
        }
    }

    private mutating func take(_ batch: borrowing FrameBatch) {
        packets &+= UInt64(batch.frames.count)
        if feedsPipeline { pipeline.frames(batch) }
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
