import Containers
import Flows

/// The ends of a flow as their own sockets have them: each knows the other by the address that NAT shows it.
struct SocketEnds {
    /// The initiator, and whom it asked for.
    var source: (local: Translation.End, remote: Translation.End)
    /// The responder, and whom it was asked by.
    var destination: (local: Translation.End, remote: Translation.End)

    /// What its socket is called in a namespace.
    func key(ofSource isSource: Bool, _ flow: Flow, in namespace: NetworkNamespace) -> SocketKey {
        let (local, remote) = isSource ? source : destination
        return SocketKey(
            namespace: namespace,
            protocolNumber: flow.protocolNumber,
            local: local,
            remote: remote
        )
    }
}

extension IdentityJournal {
    /// Those of a flow; `real` and `nat` are what `FlowEnds.of` gives.
    func socketEnds(
        of flow: Flow,
        _ real: FlowEnds,
        _ nat: (source: FlowTranslation.End?, destination: FlowTranslation.End?)
    ) -> SocketEnds {
        let (source, destination) = (Translation.End(real.source), Translation.End(real.destination))
        if nat.source == nil, nat.destination == nil, flow.hasPorts {
            // What the host sends passes it on one side of NAT only: then the wire shows nothing of the other.
            let found = translation(
                protocolNumber: flow.protocolNumber,
                source: source,
                destination: destination,
                at: flow.first
            )
            if let (translation, isReply) = found {
                let asks = (local: translation.realSource, remote: translation.shownDestination)
                let answers = (local: translation.realDestination, remote: translation.shownSource)
                return isReply
                    ? SocketEnds(source: answers, destination: asks) : SocketEnds(source: asks, destination: answers)
            }
        }
        return SocketEnds(
            source: (source, nat.destination.map(Translation.End.init) ?? destination),
            destination: (destination, nat.source.map(Translation.End.init) ?? source)
        )
    }
}

extension Translation.End {
    /// In the journal's words.
    init(_ end: FlowTranslation.End) {
        self.init(address: end.address, port: end.port)
    }
}
