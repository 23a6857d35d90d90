import Capture
import Flows
import Monitor
import Pipeline
import Records

/// One run of `portolan observe`.
struct ObserveSession {
    private let command: ObserveCommand
    private let filter: FlowFilter

    init(_ command: ObserveCommand) throws {
        self.command = command
        filter = try command.filters.filter
    }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        Interrupt.watch()
        let mayAsk = command.live.isPlain && command.expression.isEmpty && command.events == .flows
        if command.stored.areGiven || mayAsk && AgentObservation.isThere(command) {
            return AgentObservation(command, filter).run()
        }
        do {
            let queue = try OutputQueue()
            let report = ObserveReport(command, queue: queue, isFiltered: !filter.isEmpty)
            let sink: any RecordSink = filter.isEmpty ? report : FilteredSink(filter, before: report)
            let summary = try LiveRun(command.live, settings: settings).run(
                into: sink,
                isOver: { queue.failure != nil },
                idle: { _ in report.flush() }
            )
            report.finish(summary)
            if queue.dropped > 0 {
                StandardError.say("\(queue.dropped) lines dropped, as whoever reads standard output was too slow")
            }
            return queue.finish() ?? ExitStatus.done
        } catch {
            StandardError.say("\(error)")
            return LiveFailure.status(of: error)
        }
    }

    private var settings: LiveSettings {
        var settings = command.live.settings
        settings.capture.filter = command.expression.joined(separator: " ")
        settings.pipeline.flows.reportsStarts = true
        settings.pipeline.flows.reportsUpdates = command.events == .all
        return settings
    }
}
