import Declarations
import Detection
import Flows
import Monitor
import Pipeline
import Wire

/// One run of `portolan alerts`: reads, judges, tells.
struct AlertsSession {
    private let command: AlertsCommand

    init(_ command: AlertsCommand) { self.command = command }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        let report = AlertReport(command.output, TextStyle(choice: command.color), command.choice.filter)
        let judge: DetectionSink
        do {
            let standards = try command.policy.standards()
            judge = DetectionSink(standards.policy, baseline: standards.baseline) { report.tell($0) }
        } catch {
            return error.tell()
        }
        var replay: Replay
        var options = FileSourceOptions(
            paths: command.files,
            identity: command.identity,
            vxlanPorts: command.vxlanPorts
        )
        ReaderConfinement.begin(options)
        do {
            let ports = TunnelPorts(vxlan: command.vxlanPorts, geneve: [])
            options.shifts = try command.clocks.clocks(of: command.files, ports: ports).shifts
            replay = try FileSource.open(options, judge, flows: FlowConfiguration().judged)
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.noInput
        }
        var status = ExitStatus.done
        do {
            try replay.run { _ in report.isAlive }
        } catch {
            StandardError.say("\(error)")
            status = ExitStatus.failed
        }
        if let failure = replay.identityFailure {
            StandardError.say("\(failure)")
            status = ExitStatus.failed
        }
        judge.finish()
        let failure = report.conclude()
        for line in replay.remarks { StandardError.say(line) }
        if let failure { return failure }
        if let refusal = replay.refusal {
            StandardError.say(refusal)
            return ExitStatus.noInput
        }
        guard status == ExitStatus.done else { return status }
        return report.meets(command.failOn) ? ExitStatus.met : status
    }
}
