import Addressing
import Containers
import Detection
import Flows
import Records

/// A flow in the detectors' words.
extension FlowFact {
    init(_ phase: Phase, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let (ends, _) = FlowEnds.of(flow, book.translation(of: flow))
        let identities = names.identities
        self.init(
            phase,
            at: phase == .began ? flow.first : flow.last,
            serial: flow.serial,
            identifier: flow.identifier,
            from: Party(ends.source.address, flow, identities?.source),
            to: Party(ends.destination.address, flow, identities?.destination),
            protocolNumber: flow.protocolNumber,
            port: flow.hasPorts ? ends.destination.port : 0,
            opening: Opening(flow)
        )
        first = flow.first
        last = flow.last
        sourcePackets = flow.sourcePackets
        sourceBytes = flow.sourceBytes
        destinationPackets = flow.destinationPackets
        destinationBytes = flow.destinationBytes
        state = flow.connectionState
    }
}

extension Party {
    fileprivate init(_ address: IPAddress, _ flow: Flow, _ identity: Identity?) {
        self.init(address, scope: flow.scope)
        guard let identity else { return }
        kind = identity.kind
        confidence = identity.confidence
        container = identity.container
        process = identity.process?.name
        isForged = identity.isForged
    }
}
