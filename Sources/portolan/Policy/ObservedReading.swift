import Baseline
import Monitor
import Pipeline
import Records
import Store

/// Reads what was observed, wherever it is.
struct ObservedReading {
    private let options: ObservedOptions
    private let vxlanPorts: [UInt16]
    /// Whether more is wanted than conversations.
    private let teaches: Bool

    init(_ options: ObservedOptions, vxlanPorts: [UInt16], teaches: Bool) {
        self.options = options
        self.vxlanPorts = vxlanPorts
        self.teaches = teaches
    }

    /// Hands over all of it in order; returns what was lost, or the exit status when it could not be read.
    func read(_ take: @escaping (Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        options.files.isEmpty ? recall(take) : readFiles(take)
    }

    struct Failure: Error {
        var status: Int32
        /// What was lost until then, where what was seen before it counts all the same.
        var loss: CaptureLoss?
    }

    private func readFiles(_ take: @escaping (Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        var replay: Replay
        let source = FileSourceOptions(
            paths: options.files,
            identity: options.identity,
            vxlanPorts: vxlanPorts
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

    private func recall(_ take: (Lesson) -> Void) -> Result<CaptureLoss, Failure> {
        let remembered = RememberedObservations(options, teaches: teaches)
        do {
            return .success(try remembered.read(take))
        } catch let failure as AgentQuery.Failure {
            StandardError.say("\(failure)")
            return .failure(Failure(status: failure.status))
        } catch let error as StoreError {
            StandardError.say("\(error)")
            return .failure(Failure(status: ExitStatus.noInput))
        } catch {
            StandardError.say("\(error)")
            return .failure(Failure(status: ExitStatus.failed))
        }
    }
}
