import Flows
import Monitor
import Records

/// Notes which flows it is told of, behind a filter, and what their ends are called.
///
/// Bounded: beyond `limit` flows further ones are left out.
final class ChosenFlows: RecordSink {
    private(set) var identifiers: Set<FlowIdentifier> = []
    private(set) var names = InnerNames()

    static var limit: Int { 1 << 22 }

    var isFull: Bool { identifiers.count >= Self.limit }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended, !isFull else { return }
        identifiers.insert(flow.identifier)
        self.names.learn(flow, book, names)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}

/// Listens to nothing: packets are wanted, and no records.
final class NoRecords: RecordSink {
    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}
    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
