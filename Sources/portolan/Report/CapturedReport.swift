import Addressing
import Containers
import Declarations
import Detection
import Evidence
import Flows
import Graph
import Monitor
import Pipeline
import Records

/// The records of captures, read whole and judged.
struct CapturedReport {
    private let command: WriteReportCommand

    init(_ command: WriteReportCommand) { self.command = command }

    private typealias Failure = ReportSession.Failure

    func read() throws(ReportSession.Failure) -> ReportMaterial {
        let captures = EvidenceSource.Captures(
            files: command.files,
            identity: command.identity,
            policy: command.policy.file
        )
        let counted = ReportSink(ReportTally(.captures(captures), Self.noTime))
        let judge: DetectionSink
        do throws(Rejection) {
            let standards = try command.policy.standards()
            judge = DetectionSink(standards.policy, baseline: standards.baseline) {
                counted.tally.take(AlertRecord($0))
            }
        } catch {
            throw Failure(message: "the policy cannot be used", status: error.tell())
        }
        let graph = GraphSink(hearsStarts: false)
        let options = FileSourceOptions(paths: command.files, identity: command.identity)
        ReaderConfinement.begin(options, writing: [command.file].compactMap(\.self))
        var replay: Replay
        do {
            let sink = SplitSink(SplitSink(counted, graph), judge)
            replay = try FileSource.open(options, sink, flows: FlowConfiguration().judged)
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.noInput)
        }
        var status: Int32?
        var remarks: [String] = []
        do {
            try replay.run { _ in !Interrupt.isThere }
        } catch {
            remarks.append("\(error)")
            status = ExitStatus.failed
        }
        judge.finish()
        if let failure = replay.identityFailure {
            remarks.append("\(failure)")
            status = ExitStatus.failed
        }
        if let refusal = replay.refusal { throw Failure(message: refusal, status: ExitStatus.noInput) }
        let summary = replay.summary
        if let first = summary.first, let last = summary.last {
            counted.tally.span = ReportSpan(since: first, until: max(first, last))
        }
        counted.tally.hasMemory = false
        counted.tally.losses = ReportTally.Losses(packets: summary.frames, dropped: summary.dropped)
        counted.tally.remarks = replay.remarks
        if replay.isRecording {
            for entry in counted.changes where entry.time <= counted.tally.span.until { counted.tally.take(entry) }
        } else {
            try tellJournal(to: counted)
        }
        var material = ReportMaterial(tally: counted.tally)
        var drawn = GraphMaterial(
            picture: graph.graph.picture,
            origin: options.paths.map(FileName.last).joined(separator: ", ")
        )
        if let dropped = summary.dropped { drawn.loss = (dropped, summary.frames &+ dropped) }
        material.graph = drawn
        material.remarks = remarks + replay.remarks
        material.failure = status
        return material
    }
    /// Of a capture without a packet.
    private static var noTime: ReportSpan {
        ReportSpan(since: Timestamp(nanoseconds: 0), until: Timestamp(nanoseconds: 0))
    }

    /// Who was who, up to the last packet.
    private func tellJournal(to counted: ReportSink) throws(ReportSession.Failure) {
        guard let path = command.identity else { return }
        do throws(IdentityFileError) {
            var file = try IdentityFile(path: path)
            for entry in try file.take(until: counted.tally.span.until) { counted.tally.take(entry) }
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.noInput)
        }
    }
}

/// Adds up flows as they end.
private final class ReportSink: RecordSink {
    var tally: ReportTally
    /// What a recording says of its host, until the period is known.
    private(set) var changes: [JournalEntry] = []

    private static var changeLimit: Int { 1 << 18 }

    init(_ tally: ReportTally) { self.tally = tally }

    func changed(_ entry: JournalEntry) {
        if changes.count < Self.changeLimit { changes.append(entry) }
    }

    var wantsStarts: Bool { false }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if action == .ended { tally.take(FlowRecord(action, flow, book, names)) }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
