import Flows
import Records

/// Keeps the records of flows that are over.
final class KeptFlows: RecordSink {
    private(set) var records: [FlowRecord] = []

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        records.append(FlowRecord(action, flow, book, names))
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
