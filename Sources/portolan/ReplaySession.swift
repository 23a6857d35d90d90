import Addressing
import ArgumentParser
import Capture
import Declarations
import Flows
import Graph
import Glibc
import Monitor
import Pipeline
import Records
import Wire

/// One run of `portolan replay`: opens, reads, reports, and says how it went.
struct ReplaySession {
    private let command: ReplayCommand
    /// Which flows are told of.
    private let wanted: FlowFilter
    /// What is drawn besides, and where it is written in the end.
    private var drawing: (sink: GraphSink, file: OutputFile)?
    /// The most severe alert, where one is asked for.
    private let worst: WorstAlert
    private let judge: DetectionSink?

    init(_ command: ReplayCommand) throws {
        self.command = command
        wanted = try command.filters.filter
        let worst = WorstAlert()
        self.worst = worst
        do {
            let standards = try command.policy.standards()
            judge = command.failOn.map { _ in
                DetectionSink(standards.policy, baseline: standards.baseline) { worst.take($0) }
            }
        } catch {
            throw ExitCode(error.tell())
        }
    }

    /// Does it all; returns the exit status.
    mutating func run() -> Int32 {
        let filter: CaptureFilter?
        do {
            filter = try makeFilter()
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.usage
        }
        do throws(OutputFile.Failure) {
            if let path = command.graph {
                let file = try OutputFile("graph", path: path)
                drawing = (GraphSink(hearsStarts: false), file)
            }
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.failed
        }
        switch command.output {
        case .text:
            let tally = TrafficTally(resolvesNames: !command.numeric)
            return replay(filter, into: filtered(tally), isAlive: { true }) { summary in
                var output = StandardOutput()
                let style = TextStyle(choice: command.color)
                output.write(TextSummary(summary, tally, filter: wanted, style: style, width: TextStyle.width).text)
                return output.conclude()
            }
        case .json:
            var selection = RecordSelection.standard
            if command.events == .all { selection = .all }
            let report = JSONReport(selection: selection, resolvesNames: !command.numeric)
            let sink = filtered(report)
            return replay(filter, into: sink, isAlive: { report.isAlive }) { report.finish($0) }
        }
    }

    /// Without a filter nothing stands between.
    private func filtered(_ sink: any RecordSink) -> any RecordSink {
        let sink: any RecordSink = drawing.map { SplitSink(sink, $0.sink) } ?? sink
        let chosen: any RecordSink = wanted.isEmpty ? sink : FilteredSink(wanted, before: sink)
        // Whatever is shown, all is judged.
        guard let judge else { return chosen }
        return SplitSink(chosen, judge)
    }

    /// Writes the graph, if one was asked for; returns the exit status when that failed.
    private func draw() -> Int32? {
        guard let drawing else { return nil }
        drawing.file.write(JSONGraph.text(of: drawing.sink.graph.picture, resolvesNames: !command.numeric).span)
        guard let failure = drawing.file.failure else { return nil }
        StandardError.say("\(failure)")
        return ExitStatus.failed
    }

    private func makeFilter() throws(CaptureFilterError) -> CaptureFilter? {
        if command.expression.isEmpty { return nil }
        return try CaptureFilter(command.expression.joined(separator: " "))
    }

    private func replay(
        _ filter: consuming CaptureFilter?,
        into sink: any RecordSink,
        isAlive: () -> Bool,
        finish: (CaptureSummary) -> Int32?
    ) -> Int32 {
        let started = ProcessTime.now()
        var replay: Replay
        let clocks: [CaptureClock]
        do {
            let compared = try command.clocks.clocks(of: command.files, ports: settings.tunnelPorts)
            clocks = compared.clocks
            replay = try Replay(
                paths: command.files,
                filter: filter,
                interval: interval,
                identity: try command.identity.map { (path) throws(IdentityFileError) in try IdentityFile(path: path) },
                shifts: compared.shifts,
                settings: settings,
                sink: sink
            )
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.noInput
        }
        var status = ExitStatus.done
        var bar = ProgressBar()
        do {
            try replay.run { position in
                bar.show(position)
                return isAlive()
            }
        } catch {
            bar.clear()
            StandardError.say("\(error)")
            status = ExitStatus.failed
        }
        bar.clear()
        if let failure = replay.identityFailure {
            StandardError.say("\(failure)")
            status = ExitStatus.failed
        }
        judge?.finish()
        var summary = replay.summary
        summary.clocks = clocks
        let failure = finish(summary)
        if let undrawn = draw() { status = undrawn }
        for line in replay.remarks { StandardError.say(line) }
        if !replay.isRecording, let remark = unknown { StandardError.say(remark) }
        if let failure { return failure }
        if let refusal = replay.refusal {
            StandardError.say(refusal)
            return ExitStatus.noInput
        }
        if command.output == .text, StandardError.isTerminal {
            StandardError.say("read in \(ProcessTime.now().since(started))")
        }
        guard status == ExitStatus.done, let severity = command.failOn, worst.meets(severity) else { return status }
        return ExitStatus.met
    }

    /// What cannot be found, as nothing says who is who.
    private var unknown: String? {
        let words = wanted.wordsThatNeedJournal
        guard command.identity == nil, !words.isEmpty else { return nil }
        return "a capture alone names no containers and no bridges: without --identity nothing is known of "
            + words.joined(separator: ", ")
    }

    private var interval: Range<Int64>? {
        if command.since == nil, command.until == nil { return nil }
        return (command.since?.nanoseconds ?? .min)..<(command.until?.nanoseconds ?? .max)
    }

    private var settings: PipelineSettings {
        var settings = PipelineSettings()
        settings.tunnelPorts = TunnelPorts(vxlan: command.vxlanPorts, geneve: command.genevePorts)
        settings.flows.reportsStarts = command.events == .all && command.output == .json
        settings.flows.reportsUpdates = settings.flows.reportsStarts
        if command.failOn != nil { settings.flows = settings.flows.judged }
        return settings
    }
}
