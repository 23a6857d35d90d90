import Addressing
import Containers
import Detection
import Flows
import Records

/// A flow in the detectors' words.
extension FlowFact {
    /// `time` is when it is told, which may be long after its last packet.
    init(_ phase: Phase, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames, at time: Timestamp) {
        let (ends, _) = FlowEnds.of(flow, book.translation(of: flow))
        let identities = names.identities
        self.init(
            phase,
            at: time,
            serial: flow.serial,
            identifier: flow.identifier,
            from: Party(ends.source.address, scope: flow.scope, of: identities?.source),
            to: Party(ends.destination.address, scope: flow.scope, of: identities?.destination),
            protocolNumber: flow.protocolNumber,
            port: flow.hasPorts ? ends.destination.port : 0,
            opening: Opening(flow)
        )
        sourcePort = flow.hasPorts ? ends.source.port : 0
        first = flow.first
        last = flow.last
        sourcePackets = flow.sourcePackets
        sourceBytes = flow.sourceBytes
        destinationPackets = flow.destinationPackets
        destinationBytes = flow.destinationBytes
        state = flow.connectionState
        name = names.destination
        application = flow.applicationProtocol
        echoMismatches = flow.echoMismatches
        if flow.hasApplication { words = book.application(of: flow) }
        let segment: UInt32? =
            switch book.scopeName(of: flow) {
            case .segment(let identifier, _): identifier
            // Of two the outer.
            case .vlan(let word): word >> 12 != 0 ? word >> 12 & 0xfff : word & 0xfff
            case .bare, .namespace, .device: nil
            }
        source.segment = segment
        destination.segment = segment
        if flow.isTunnelled { tunnel = book.tunnel(of: flow)?.0 }
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
