import Baseline
package import Containers
import Detection
package import Flows
package import Records

/// Hands over what a baseline is taught by, and what a policy is played against: conversations as they end, DNS answers, and what
/// becomes so of the host.
package final class ObservationSink: RecordSink {
    private let tell: (Lesson) -> Void

    package init(_ tell: @escaping (Lesson) -> Void) { self.tell = tell }

    package var wantsStarts: Bool { false }

    package var judges: Bool { true }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        // Of a conversation that is seen twice one is enough, and what goes on is told when it is over.
        guard action == .ended, flow.endReason != .joined, !flow.repeatsTwin else { return }
        tell(.conversation(BaselineObservation(FlowFact(.ended, flow, book, names, at: flow.last))))
    }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        guard let answer = NameAnswer(message, exchange, client: client) else { return }
        tell(.answer(answer))
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    package func told(_ entry: JournalEntry) { changed(entry) }

    package func changed(_ entry: JournalEntry) { tell(.entry(entry)) }

    package func gap(_ gap: CaptureGap) { tell(.gap(gap)) }

    package func shed(_ change: DetailChange) {
        if change.isLeftOut, change.detail == .payloads { tell(.namesLeftOut(change)) }
    }
}
