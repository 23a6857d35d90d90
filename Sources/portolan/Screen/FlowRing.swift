import Dashboard
import Flows
import Pipeline
import Records

/// The newest flows, each as it was told last. Bounded: the oldest go, and are counted.
final class FlowRing: RecordSink {
    private var records: [FlowIdentifier: FlowRecord] = [:]
    /// In order of their coming; before `first` are those that went.
    private var order: [FlowIdentifier] = []
    private var first = 0
    private(set) var older: UInt64 = 0
    /// Sums by time, of flows that are over.
    private(set) var timeline = TimelineSums()

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        add(FlowRecord(action, flow, book, names))
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    func add(_ record: FlowRecord) {
        if record.endReason != nil { timeline.add(record) }
        if records.updateValue(record, forKey: record.identifier) != nil { return }
        order.append(record.identifier)
        guard order.count - first > Snapshot.flowLimit else { return }
        records[order[first]] = nil
        first += 1
        older += 1
        if first > Snapshot.flowLimit {
            order.removeFirst(first)
            first = 0
        }
    }

    /// All of them, newest last.
    var newest: [FlowRecord] { order[first...].compactMap { records[$0] } }
}
