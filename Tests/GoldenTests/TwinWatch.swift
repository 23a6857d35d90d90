import Flows
import Records

/// Collects what flows say of their twins.
final class TwinWatch: RecordSink {
    /// A flow that ended, with the ends it shares with its twin.
    struct Seen {
        var identifier: FlowIdentifier
        var twin: FlowIdentifier?
        var ends: String
        var isTunnelled: Bool
        /// What it was counted for, over all points, and what the totals gained.
        var frames: UInt64
        var gain: UInt64
    }

    private(set) var flows: [Seen] = []

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended else { return }
        let seen = Seen(
            identifier: flow.identifier,
            twin: flow.twin,
            ends: FlowSums.ends(of: flow),
            isTunnelled: book.tunnel(of: flow) != nil,
            frames: book.path(of: flow).reduce(0) { $0 + $1.packets },
            gain: flow.gain.packets
        )
        flows.append(seen)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
