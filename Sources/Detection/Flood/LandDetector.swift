import Addressing

/// Finds connections from an address to itself, from and to the same port: the LAND attack of 1997, which hangs old stacks.
struct LandDetector: Sendable {
    func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard fact.phase == .began, fact.opening == .syn, fact.port != 0, fact.port == fact.sourcePort,
            fact.source.address == fact.destination.address, fact.source.scope == fact.destination.scope,
            !fact.source.address.isLoopback
        else { return }
        alerts.append(
            Alert(
                rule: .land,
                severity: Rule.land.severity,
                time: fact.time,
                source: fact.source,
                destination: fact.destination,
                first: fact.first,
                last: fact.last,
                count: 1,
                evidence: [fact.identifier],
                message: "\(fact.destination.name) is sent a connection from itself to itself, port \(fact.port)"
            )
        )
    }
}

extension IPAddress {
    /// Within a host such connections can come about by chance.
    fileprivate var isLoopback: Bool {
        switch self {
        case .v4(let address): address.bits >> 24 == 127
        case .v6(let address): address.high == 0 && address.low == 1
        }
    }
}
