package import Addressing
package import Detection
package import Flows
package import Records

/// Judges what a pipeline concludes. Needs to hear of starts and of answers: `FlowConfiguration.judged`.
package final class DetectionSink: RecordSink {
    private var detectors = Detectors()
    private var recent = RecentConversations()
    private let tell: (Alert) -> Void

    /// `tell` is handed each alert as it is found.
    package init(_ tell: @escaping (Alert) -> Void) { self.tell = tell }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        // Of two that are one the first is judged, and what is cut goes on.
        guard action != .updated, flow.endReason != .joined, flow.endReason != .active, !flow.repeatsTwin else {
            return
        }
        if action == .started, recent.repeats(flow) { return }
        detectors.take(FlowFact(action == .started ? .began : .ended, flow, book, names))
        hand()
    }

    package func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp) {
        detectors.answered(serial, isRefusal: isRefusal, at: time)
        hand()
    }

    /// Nothing is found in these yet.
    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    /// Says that it is that time, although no packet came.
    package func advance(to time: Timestamp) {
        detectors.advance(to: time)
        hand()
    }

    private func hand() {
        for alert in detectors.takeAlerts() { tell(alert) }
    }
}

extension FlowConfiguration {
    /// The same, for a table whose flows are judged.
    package var judged: Self {
        var configuration = self
        configuration.reportsStarts = true
        configuration.reportsAnswers = true
        return configuration
    }
}
