package import Addressing
package import Baseline
package import Containers
import Flows
import Wire

/// What becomes of flows, DNS answers and what becomes so of the host, as a baseline is taught by them.
package struct BaselineLessons: Sendable {
    package private(set) var learner: BaselineLearner
    private var listeners = ContainerListeners()

    package init(_ learner: BaselineLearner = BaselineLearner()) { self.learner = learner }

    package mutating func take(_ observation: BaselineObservation) { learner.take(observation) }

    package mutating func take(_ answer: NameAnswer) {
        guard answer.code == .noError, answer.answers > 0 else { return }
        learner.take(BaselineLookup(answer.name, by: BaselineEnd(answer.client), at: answer.time))
    }

    package mutating func take(_ entry: JournalEntry) {
        for (listener, container) in listeners.take(entry) {
            let end = BaselineEnd(listener.address, container: container)
            let protocolNumber = listener.protocolNumber
            learner.take(BaselineListener(end, protocolNumber: protocolNumber, port: listener.port, at: entry.time))
        }
    }

    /// What the capture did not see, all together.
    package mutating func add(_ loss: CaptureLoss) { learner.add(loss) }
}
