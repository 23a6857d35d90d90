import Flows
import Records
import Wire

/// What a text summary needs of all flows: sums by kind, and who talked most.
final class TrafficTally: RecordSink {
    /// All of it in one piece: each entry into a class's property costs as much as what is done to it for most flows.
    private(set) var sums: TrafficSums

    init(resolvesNames: Bool) {
        sums = TrafficSums(resolvesNames: resolvesNames)
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended else { return }
        sums.add(flow, book, names)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        sums.add(sighting)
    }
}
