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

    package mutating func take(_ lookup: BaselineLookup) { learner.take(lookup) }

    package mutating func take(_ entry: JournalEntry) {
        for (listener, container) in listeners.take(entry) { learn(listener, of: container, at: entry.time) }
    }

    /// An entry from before the time that is learned of: it says who is there, and teaches nothing yet.
    package mutating func prepare(_ entry: JournalEntry) { _ = listeners.take(entry) }

    /// The time that is learned of begins: sockets that listen since before then teach.
    package mutating func begin(at time: Timestamp) {
        for (listener, container) in listeners.standing { learn(listener, of: container, at: time) }
    }

    private mutating func learn(_ listener: Listener, of container: Container, at time: Timestamp) {
        let end = BaselineEnd(listener.address, container: container)
        let protocolNumber = listener.protocolNumber
        learner.take(BaselineListener(end, protocolNumber: protocolNumber, port: listener.port, at: time))
    }

    /// What the capture did not see, all together.
    package mutating func add(_ loss: CaptureLoss) { learner.add(loss) }
}
