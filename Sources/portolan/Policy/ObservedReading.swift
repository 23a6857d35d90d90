import Baseline
import Flows
import Monitor
import Pipeline
import Records

/// Reads what was observed, wherever it is.
struct ObservedReading {
    private let options: ObservedOptions

    init(_ options: ObservedOptions) { self.options = options }

    /// Hands over all of it in order; returns what was lost, or the exit status when it could not be read.
    func read(_ take: @escaping (ObservationSink.Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        options.files.isEmpty ? readAgent(take) : readFiles(take)
    }

    struct Failure: Error {
        var status: Int32
    }

    private func readFiles(_ take: @escaping (ObservationSink.Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        var replay: Replay
        let source = FileSourceOptions(
            paths: options.files,
            identity: options.identity,
            vxlanPorts: options.vxlanPorts
        )
        ReaderConfinement.begin(source)
        do {
            replay = try FileSource.open(source, ObservationSink(take))
        } catch {
            StandardError.say("\(error)")
            return .failure(Failure(status: ExitStatus.noInput))
        }
        do {
            try replay.run { _ in true }
        } catch {
            StandardError.say("\(error)")
            return .failure(Failure(status: ExitStatus.failed))
        }
        for line in replay.remarks { StandardError.say(line) }
        if let failure = replay.identityFailure {
            StandardError.say("\(failure)")
            return .failure(Failure(status: ExitStatus.failed))
        }
        if let refusal = replay.refusal {
            StandardError.say(refusal)
            return .failure(Failure(status: ExitStatus.noInput))
        }
        var loss = CaptureLoss()
        loss.received = replay.summary.packets
        loss.dropped = replay.summary.dropped
        return .success(loss)
    }

    private func readAgent(_ take: @escaping (ObservationSink.Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        var loss = CaptureLoss()
        do {
            try AgentLines(socket: options.agent.path, target: target("/v1/flows")).read { bytes in
                if let record = try? FlowRecord(reading: bytes.span), record.action == .ended {
                    take(.conversation(BaselineObservation(record)))
                }
                return true
            }
            try AgentLines(socket: options.agent.path, target: target("/v1/gaps")).read { _ in
                loss.gaps += 1
                return true
            }
        } catch let failure as AgentQuery.Failure {
            StandardError.say("\(failure)")
            return .failure(Failure(status: failure.status))
        } catch {
            StandardError.say("\(error)")
            return .failure(Failure(status: ExitStatus.failed))
        }
        return .success(loss)
    }

    private func target(_ path: String) -> String {
        var target = AgentTarget(path)
        // All there is.
        target.add("since", options.since ?? "1970-01-01T00:00:00Z")
        target.add("until", options.until)
        return target.text
    }
}
