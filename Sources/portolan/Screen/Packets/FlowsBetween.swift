import Addressing
import Flows
import Pipeline
import Records

/// Collects the flows between two ends, or of one, that were under way in a span of time.
final class FlowsBetween: RecordSink {
    private let source: IPAddress
    private let destination: IPAddress?
    private let span: Range<Int64>?
    private(set) var identifiers: Set<FlowIdentifier> = []
    private(set) var isFull = false

    /// The most flows whose packets are looked for.
    private static var limit: Int { 4096 }

    init(_ source: IPAddress, _ destination: IPAddress?, _ span: Range<Int64>?) {
        self.source = source
        self.destination = destination
        self.span = span
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended, isBetween(flow) else { return }
        if let span, flow.last.nanoseconds < span.lowerBound || flow.first.nanoseconds >= span.upperBound { return }
        guard identifiers.count < Self.limit else {
            isFull = true
            return
        }
        identifiers.insert(flow.identifier)
    }

    private func isBetween(_ flow: Flow) -> Bool {
        guard let destination else { return flow.source == source || flow.destination == source }
        return flow.source == source && flow.destination == destination
            || flow.source == destination && flow.destination == source
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
