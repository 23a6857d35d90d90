import Capture
import Flows
import Graph
import Monitor
import Pipeline
import Records

/// One run of `portolan record`.
struct RecordSession {
    private let command: RecordCommand

    init(_ command: RecordCommand) { self.command = command }

    /// What is kept of a packet when nobody asks for more: headers.
    private static var snapshotLength: Int { 256 }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        Interrupt.watch()
        do {
            // Before the rights to make files may be gone.
            let drawing = try command.graph.map { try OutputFile("graph", path: $0) }
            let recorder = try Recorder(recording)
            let graph = GraphSink(hearsStarts: false)
            let report = command.output == .json ? RecordReport(try OutputQueue()) : nil
            var sink: any RecordSink = graph
            if let report { sink = SplitSink(report, SplitSink(report.judge, graph)) }
            let summary = try capture(with: recorder, report, into: sink)
            let status = report.flatMap { $0.finish(summary) }
            if let drawing { drawing.write(JSONGraph.text(of: graph.graph.picture, resolvesNames: true).span) }
            try recorder.finish()
            if let failure = drawing?.failure { throw failure }
            StandardError.say(Self.remark(recorder, summary))
            return status ?? ExitStatus.done
        } catch let failure as RecordingFailure where failure.isReaderGone {
            return ExitStatus.done
        } catch {
            StandardError.say("\(error)")
            return LiveFailure.status(of: error)
        }
    }

    private func capture(
        with recorder: Recorder,
        _ report: RecordReport?,
        into sink: any RecordSink
    ) throws -> CaptureSummary {
        var settings = settings
        settings.log = recorder
        var isOpen = false
        do {
            return try LiveRun(command.live, settings: settings).run(
                into: sink,
                opened: { _ in isOpen = true },
                isOver: { recorder.failure != nil || report?.failure != nil },
                idle: { _ in
                    recorder.flush()
                    report?.flush()
                }
            )
        } catch {
            // A journal that fails costs nothing of what was recorded.
            if isOpen { try? recorder.finish() } else { recorder.discard() }
            throw error
        }
    }

    private static func remark(_ recorder: Recorder, _ summary: CaptureSummary) -> String {
        var text = "\(Quantity.count(recorder.frames)) packets recorded"
        if recorder.leftOut > 0 { text += ", \(Quantity.count(recorder.leftOut)) left out as the disk was too slow" }
        if let dropped = summary.dropped, dropped > 0 { text += ", \(Quantity.count(dropped)) dropped by the kernel" }
        return text
    }

    private var recording: RecordingSettings {
        var recording = RecordingSettings(path: command.file, application: "portolan \(Portolan.version)")
        recording.fileSize = command.megabytes.map { $0 * 1_000_000 }
        recording.fileTime = command.seconds.map { Int64($0) * 1_000_000_000 }
        recording.files = command.files
        recording.snapshotLength = UInt32(clamping: settings.capture.snapshotLength)
        recording.vxlanPorts = command.live.vxlanPorts
        return recording
    }

    private var settings: LiveSettings {
        var settings = command.live.settings
        settings.capture.filter = command.expression.joined(separator: " ")
        settings.capture.snapshotLength = command.live.snapshotLength ?? Self.snapshotLength
        // Who asked for more wants all of it.
        settings.capture.cutsBulk = false
        if command.output == .json { settings.pipeline.flows = settings.pipeline.flows.judged }
        return settings
    }
}
