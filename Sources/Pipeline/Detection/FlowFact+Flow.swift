import Addressing
import Containers
import Detection
import Flows
import Records

/// A flow in the detectors' words.
extension FlowFact {
    /// `time` is when it is told, which may be long after its last packet.
    init(
        _ phase: Phase,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames,
        at time: Timestamp
    ) {
        let (ends, _) = FlowEnds.of(flow, flow.isTranslated ? book.translation(of: copy flow) : nil)
        let (from, to) = (ends.source.address, ends.destination.address)
        let source: Party
        let destination: Party
        if let identities = names.identities {
            source = Party(from, scope: flow.scope, identities.source)
            destination = Party(to, scope: flow.scope, identities.destination)
        } else {
            source = Party(from, scope: flow.scope)
            destination = Party(to, scope: flow.scope)
        }
        self.init(
            phase,
            flow,
            book,
            from: source,
            to: destination,
            ports: (ends.source.port, ends.destination.port),
            name: names.destination,
            at: time
        )
    }
}

extension Party {
    init(_ address: IPAddress, scope: UInt32, of identity: Identity?) {
        if let identity {
            self.init(address, scope: scope, identity)
        } else {
            self.init(address, scope: scope)
        }
    }
}
