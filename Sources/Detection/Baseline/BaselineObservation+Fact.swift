import Addressing
package import Baseline
import Containers
import Flows

extension FlowFact {
    /// Whether it is the time to compare it with a profile: at the first packet, but for what is outside and not yet known by name,
    /// which its own first bytes may still say. An address that nobody has is called for a while after its container has gone: it is
    /// somebody only when it answers.
    var isJudged: Bool {
        if destination.kind == .vacant, !isAnsweredByServer { return false }
        return phase != .began || name != nil || !destination.isOutside
    }

    /// Whether the responder answered, and not with a refusal.
    fileprivate var isAnsweredByServer: Bool { destinationPackets > 0 && state != .rej && state != .rstrh }

    /// Whether its beginning was seen, so that who began it is who asks.
    fileprivate var hasBeginning: Bool {
        switch opening {
        case .syn, .datagram, .echo, .sctp: true
        case .ack, .fin, .null, .fragment, .answer, .synAck, .other: false
        }
    }
}

extension BaselineObservation {
    /// What a fact says of a conversation; also what learns from live flows.
    package init(_ fact: FlowFact) {
        self.init(
            from: BaselineEnd(fact.source),
            to: BaselineEnd(fact.destination, name: fact.name),
            protocolNumber: fact.protocolNumber,
            port: fact.port,
            isAnswered: fact.isAnsweredByServer,
            began: fact.first,
            at: fact.time
        )
        isWhole = fact.hasBeginning
        isOver = fact.phase == .ended
        bytes = fact.sourceBytes.addingReportingOverflow(fact.destinationBytes).partialValue
        evidence = fact.identifier.bits
    }
}

extension BaselineEnd {
    /// `name`: what it was asked for by.
    package init(_ party: Party, name: String? = nil) {
        self.init(
            party.address,
            kind: party.kind,
            container: party.container,
            segment: party.bridgeName ?? party.segment.map { "\($0)" },
            name: name
        )
    }
}
