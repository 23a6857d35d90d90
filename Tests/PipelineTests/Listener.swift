import Addressing
import Flows
import Records

/// Keeps what a pipeline concludes.
final class Listener: RecordSink {
    /// One flow record, in the parts that tests ask for.
    struct Told: Equatable {
        var action: FlowAction
        var source: IPAddress
        var destination: IPAddress
        var sourcePort: UInt16
        var packets: UInt64
        var reason: Flow.EndReason?
        var names: FlowNames
        var points: [ObservationPoint]
    }

    private(set) var flows: [Told] = []
    private(set) var sightings: [Sighting] = []

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        flows.append(
            Told(
                action: action,
                source: flow.source,
                destination: flow.destination,
                sourcePort: flow.sourcePort,
                packets: flow.packets,
                reason: flow.endReason,
                names: names,
                points: (0..<book.pathLength(of: flow)).map { book.point(book.pathElement($0, of: flow).point) }
            )
        )
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        sightings.append(sighting)
    }

    var ended: [Told] { flows.filter { $0.action == .ended } }
}
