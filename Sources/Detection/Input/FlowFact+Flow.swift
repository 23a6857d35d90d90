package import Addressing
package import Flows

extension FlowFact {
    /// Of a flow between two parties, as it stands. `time` is when it is told, which may be long after its last packet; `name` is what the
    /// destination was asked for by.
    package init(
        _ phase: Phase,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        from source: consuming Party,
        to destination: consuming Party,
        ports: (source: UInt16, destination: UInt16),
        name: String?,
        at time: Timestamp
    ) {
        self.phase = phase
        self.time = time
        serial = flow.serial
        identifier = flow.identifier
        if flow.scope != 0, let segment = Self.segment(book.scopeName(of: copy flow)) {
            source.segment = segment
            destination.segment = segment
        }
        self.source = source
        self.destination = destination
        protocolNumber = flow.protocolNumber
        let hasPorts = flow.hasPorts
        sourcePort = hasPorts ? ports.source : 0
        port = hasPorts ? ports.destination : 0
        opening = Opening(flow)
        first = flow.first
        last = flow.last
        sourcePackets = flow.sourcePackets
        destinationPackets = flow.destinationPackets
        sourceBytes = flow.sourceBytes
        destinationBytes = flow.destinationBytes
        state = flow.connectionState
        isAwaited = flow.isAwaited
        self.name = name
        application = flow.applicationProtocol
        echoMismatches = flow.echoMismatches
        if flow.hasApplication { words = book.application(of: copy flow) }
        if flow.isTunnelled { tunnel = book.tunnel(of: copy flow)?.0 }
    }

    /// The VNI or VLAN of a scope, where it is one's.
    package static func segment(_ name: Scope.Name) -> UInt32? {
        switch name {
        case .segment(let identifier, _): identifier
        // Of two the outer.
        case .vlan(let word): word >> 12 != 0 ? word >> 12 & 0xfff : word & 0xfff
        case .bare, .namespace, .device: nil
        }
    }
}
