import Addressing
import Flows

extension Alert {
    /// Of one flow, as it is now.
    init(_ rule: Rule, _ fact: FlowFact, severity: Int? = nil, _ message: String) {
        self.init(
            rule: rule,
            severity: severity ?? rule.severity,
            time: fact.time,
            source: fact.source,
            destination: fact.destination,
            first: fact.first,
            last: fact.last,
            count: 1,
            evidence: [fact.identifier],
            message: message
        )
    }
}

extension FlowFact {
    /// What a sentence calls the destination: its container, else what it was asked for by. From outside.
    var calledName: String {
        guard destination.container == nil, let name else { return destination.name }
        return "\(name) (\(destination.address))"
    }

    /// The service as people know it: `TCP 443`, `ICMP`.
    var service: String {
        switch protocolNumber {
        case 1, 58: "ICMP"
        case 6: "TCP \(port)"
        case 17: "UDP \(port)"
        case 132: "SCTP \(port)"
        default: "protocol \(protocolNumber)"
        }
    }
}
