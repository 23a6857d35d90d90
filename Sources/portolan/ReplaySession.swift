import Addressing
import ArgumentParser
import Capture
import Declarations
import Flows
import Graph
import Glibc
import Monitor
import Pipeline
import Privilege
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
    /// Who loads it all into a database, if anybody.
    private let loading: ReplayLoading?
    /// Who writes the packets down, if anybody.
    private var writing: ReplayWriting?

    init(_ command: ReplayCommand) throws {
        self.command = command
        wanted = try command.filters.filter
        let worst = WorstAlert()
        self.worst = worst
        let loading = command.database.map { ReplayLoading($0, of: command) }
        self.loading = loading
        do {
            let standards = try command.policy.standards()
            judge =
                command.failOn == nil && loading == nil
                ? nil
                : DetectionSink(standards.policy, baseline: standards.baseline) { alert in
                    worst.take(alert)
                    loading?.loader?.tell(AlertRecord(alert))
                }
        } catch {
            throw ExitCode(error.tell())
        }
    }

    /// Does it all; returns the exit status.
    mutating func run() -> Int32 {
        // The names in an expression are looked up here, and for the second reading as well.
        var filter: CaptureFilter?
        var again: CaptureFilter?
        do {
            filter = try makeFilter()
            if isReadTwice { again = try makeFilter() }
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.usage
        }
        do {
            if isReadTwice { try ReplayWriting.demandsFiles(command.files) }
            // What must not be there yet comes first: what is there is emptied only when all else is well.
            if let path = command.packets {
                writing = try ReplayWriting(path, ports: settings.tunnelPorts, isChoosing: isReadTwice)
                writing?.filter = again.take()
            }
            try loading?.open()
            if let path = command.graph {
                drawing = (GraphSink(hearsStarts: false), try OutputFile("graph", path: path))
            }
        } catch {
            writing?.discard()
            loading?.end()
            StandardError.say("\(error)")
            return error is UnrepeatableInput ? ExitStatus.noInput : ExitStatus.failed
        }
        // What is written is open, but for what SQLite opens once more for each connection.
        ReaderConfinement.begin(
            reading: command.files + [command.identity].compactMap(\.self),
            keeping: loading?.loader?.files ?? []
        )
        if command.packets == "-" {
            return replay(filter.take(), into: filtered(NoRecords()), isAlive: { true }) { _ in nil }
        }
        switch command.output {
        case .text:
            let tally = TrafficTally(resolvesNames: !command.numeric)
            return replay(filter.take(), into: filtered(tally), isAlive: { true }) { summary in
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
            return replay(filter.take(), into: sink, isAlive: { report.isAlive }) { report.finish($0) }
        }
    }

    /// Without a filter nothing stands between.
    private func filtered(_ sink: any RecordSink) -> any RecordSink {
        var sink: any RecordSink = drawing.map { SplitSink(sink, $0.sink) } ?? sink
        if let writing { sink = SplitSink(sink, writing.sink) }
        let chosen: any RecordSink = wanted.isEmpty ? sink : FilteredSink(wanted, before: sink)
        // Whatever is shown, all is judged and loaded.
        var all = chosen
        if let judge { all = SplitSink(all, judge) }
        if let loader = loading?.loader { all = SplitSink(all, loader) }
        return all
    }

    /// Writes the graph, if one was asked for; returns the exit status when that failed.
    private func draw() -> Int32? {
        guard let drawing else { return nil }
        drawing.file.write(JSONGraph.text(of: drawing.sink.graph.picture, resolvesNames: !command.numeric).span)
        guard let failure = drawing.file.failure else { return nil }
        StandardError.say("\(failure)")
        return ExitStatus.failed
    }

    /// Opens the files, which are read again where the first reading found out which flows are wanted.
    private func open(
        _ filter: consuming CaptureFilter?,
        _ shifts: [String: ClockShift]?,
        into sink: any RecordSink
    ) throws -> Replay {
        try Replay(
            paths: command.files,
            filter: filter,
            interval: interval,
            identity: try command.identity.map { (path) throws(IdentityFileError) in try IdentityFile(path: path) },
            shifts: shifts,
            settings: settings,
            sink: sink
        )
    }

    /// Ends the file of packets, if one was asked for; returns the exit status where that is none that all went well with.
    ///
    /// `isWhole` says that the first reading came to its end: what it could not read it has told.
    private func write(_ bar: inout ProgressBar, _ shifts: [String: ClockShift]?, isWhole: Bool) -> Int32? {
        guard let writing else { return nil }
        defer { bar.clear() }
        var status: Int32?
        do {
            if isReadTwice, writing.isAlive {
                var replay = try open(writing.filter.take(), shifts, into: NoRecords())
                writing.choose(from: &replay)
                try replay.run { position in
                    bar.show(position)
                    return writing.isAlive
                }
            }
        } catch {
            if isWhole { StandardError.say("packets are written up to where the second reading broke off: \(error)") }
            status = ExitStatus.failed
        }
        return writing.conclude() ?? status
    }

    /// Whether there is any use in going on: what is kept is to be whole, also where nobody listens any more.
    private func isOfUse(_ isHeard: () -> Bool) -> Bool {
        if let loading { return loading.isAlive }
        if let writing { return writing.isAlive }
        return drawing != nil || isHeard()
    }

    /// Which packets are of flows that filters want may come out only at the end of those.
    private var isReadTwice: Bool { command.packets != nil && !wanted.isEmpty }

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
        let shifts: [String: ClockShift]?
        do {
            let compared = try command.clocks.clocks(of: command.files, ports: settings.tunnelPorts)
            clocks = compared.clocks
            shifts = compared.shifts
            replay = try open(filter, shifts, into: sink)
        } catch {
            writing?.discard()
            loading?.end()
            StandardError.say("\(error)")
            return ExitStatus.noInput
        }
        writing?.listen(to: &replay)
        var status = ExitStatus.done
        var bar = ProgressBar()
        do {
            try replay.run { position in
                bar.show(position)
                return isOfUse(isAlive)
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
        let isWhole = status == ExitStatus.done && replay.refusal == nil
        judge?.finish()
        var summary = replay.summary
        summary.clocks = clocks
        let failure = finish(summary)
        if let undrawn = draw() { status = undrawn }
        if let unwritten = write(&bar, shifts, isWhole: isWhole) { status = unwritten }
        if let unloaded = loading?.conclude(summary, isWhole: isWhole) { status = unloaded }
        for line in replay.remarks { StandardError.say(line) }
        if !replay.isRecording, let remark = unknown { StandardError.say(remark) }
        if let failure, status == ExitStatus.done { return failure }
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
        if judge != nil { settings.flows = settings.flows.judged }
        // What a minute of the graph has is told as it goes.
        if loading != nil { settings.flows.reportsUpdates = true }
        // Names are to stand before the packets they are of.
        if command.packets != nil { settings.flows.reportsStarts = true }
        return settings
    }
}
