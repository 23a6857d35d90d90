package import Addressing
package import Flows
import Wire

/// The first packet of a flow that came in a tunnel of a layer-2 segment: who sent it inside, and who outside.
package struct TunnelPassage: Sendable {
    /// The inner sender.
    let inner: Party
    /// The host that sent the outer packet, and the one it was for.
    let outer: IPAddress
    let receiver: IPAddress
    let kind: TunnelKind
    /// VNI, or what the kind has for it.
    let identifier: UInt32
    let flow: FlowIdentifier
    let first: Timestamp
    let time: Timestamp

    /// Whether a policy names the ends as tunnel ends.
    struct Declaration: Sendable {
        let namesSender: Bool
        let namesReceiver: Bool
    }

    /// What a policy says of the ends; nil where it names no tunnel ends.
    func declaration(_ isTunnelEnd: (IPAddress) -> Bool?) -> Declaration? {
        guard let namesSender = isTunnelEnd(outer), let namesReceiver = isTunnelEnd(receiver) else { return nil }
        return Declaration(namesSender: namesSender, namesReceiver: namesReceiver)
    }

    /// Nil of a flow that goes on, as nobody knows which end's packet its tunnel was read from, and of other tunnels.
    init?(_ fact: FlowFact) {
        guard fact.phase == .began, let tunnel = fact.tunnel else { return nil }
        let beganWithResponder = fact.opening == .answer || fact.opening == .synAck
        self.init(
            tunnel,
            of: beganWithResponder ? fact.destination : fact.source,
            in: fact.identifier,
            first: fact.first,
            at: fact.time
        )
    }

    /// Of a flow that `inner` began, in a tunnel that is read from its first packet; `time` is when that is told.
    package init?(
        _ tunnel: Tunnel,
        of inner: Party,
        in flow: FlowIdentifier,
        first: Timestamp,
        at time: Timestamp
    ) {
        guard let kind = tunnel.stack.innermost, kind.namesSegment, let source = tunnel.source,
            let destination = tunnel.destination
        else { return nil }
        self.inner = inner
        (outer, receiver) = (source, destination)
        self.kind = kind
        identifier = tunnel.identifier
        (self.flow, self.first, self.time) = (flow, first, time)
    }
}
