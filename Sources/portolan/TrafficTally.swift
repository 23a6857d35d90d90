import Flows
import Records
import Wire

/// What a text summary needs of all flows: sums by kind, and who talked most.
///
/// Safe: the address of the sums is its own, and nobody else has it.
@safe final class TrafficTally: RecordSink {
    /// Behind an address, as each entry into a class's property is checked for overlap at run time (SE-0176), at more than
    /// the price of adding a flow.
    private let address: UnsafeMutablePointer<TrafficSums>

    init(resolvesNames: Bool) {
        unsafe address = .allocate(capacity: 1)
        unsafe address.initialize(to: TrafficSums(resolvesNames: resolvesNames))
    }

    deinit {
        unsafe address.deinitialize(count: 1)
        unsafe address.deallocate()
    }

    /// What came together so far.
    var sums: TrafficSums { unsafe address.pointee }

    var wantsStarts: Bool { false }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if case .ended = action { unsafe address.pointee.add(flow, book, names) }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        unsafe address.pointee.add(sighting)
    }
}
