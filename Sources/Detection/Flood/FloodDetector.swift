import Addressing
import Containers
import Flows

/// Finds floods: masses of tries that come to nothing at one port, and masses of packets that nobody answers. Those that come
/// to us and those that our containers send are found alike.
///
/// Counts as well as rates are judged, so that a capture whose clock stands still tells too. Bounded in targets.
struct FloodDetector: Sendable {
    private var targets = SubjectTable<FloodKey, FloodTarget>(limit: Self.targetLimit)
    private var rush = DatagramRush()
    /// Whether connections failed anywhere: only there it matters that others are used.
    private var hasFailed = false

    static var targetLimit: Int { 4096 }
    /// Resolvers and their clients use a flow a question.
    static var questionPort: UInt16 { 53 }

    private var limits = FloodLimits()

    mutating func apply(_ thresholds: Thresholds) { limits = FloodLimits(thresholds) }

    /// What a flow is a part of if nobody answers it.
    func kind(of fact: FlowFact) -> FloodKey.Kind? {
        // Whoever retries where nobody is floods nobody.
        guard !fact.isForMany, fact.destination.kind != .vacant else { return nil }
        return switch fact.opening {
        case .syn: .syn
        case .datagram: .udp
        default: nil
        }
    }

    /// A flow began.
    mutating func began(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard !fact.isForMany else { return }
        switch fact.opening {
        case .fin, .null:
            count(fact, .tcp, of: fact.destination, by: fact.source, port: fact.port, to: &alerts)
        case .echo:
            count(fact, .icmp, of: fact.destination, by: fact.source, port: 0, to: &alerts)
        case .synAck:
            // The initiator that was not seen is the victim, or whose address it had.
            count(fact, .reflection, of: fact.source, by: fact.destination, port: 0, to: &alerts)
        case .syn, .datagram, .ack, .fragment, .sctp, .answer, .other:
            break
        }
    }

    private mutating func count(
        _ fact: FlowFact,
        _ kind: FloodKey.Kind,
        of victim: Party,
        by sender: Party,
        port: UInt16,
        to alerts: inout [Alert]
    ) {
        let key = FloodKey(kind, victim, port: port)
        fail(key, victim, by: sender, fact.identifier, hasSucceeded: false, at: fact.time, to: &alerts)
    }

    /// A try was answered, perhaps with a refusal.
    mutating func answered(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard kind(of: fact) == .udp, fact.port != Self.questionPort else { return }
        // What answers one sender's thousands of new sockets only makes it worse; of many senders it is a busy service.
        let (key, time, limits) = (FloodKey(.udp, fact.destination, port: fact.port), fact.time, limits)
        let alert = targets.update(key, or: FloodTarget(fact.destination)) { target -> Alert? in
            target.tried(by: fact.source)
            guard !target.sender.isOfMany, target.failed(fact.identifier, of: .udp, at: time, limits) else {
                return nil
            }
            return target.alert(key, at: time)
        }
        if let alert { alerts.append(alert) }
    }

    /// Whether so many flows of datagrams were answered there that each is to be looked at; counts one.
    mutating func isRushed(_ contact: Imprint, at time: Timestamp) -> Bool { rush.isMore(contact, at: time) }

    /// A connection was used.
    mutating func connected(_ contact: Contact, at time: Timestamp) {
        guard hasFailed else { return }
        _ = targets.change(FloodKey(.syn, contact)) { $0.succeeded(at: time) }
    }

    /// A try came to nothing.
    mutating func failed(_ fact: FlowFact, _ services: KnownServices, to alerts: inout [Alert]) {
        guard let kind = kind(of: fact) else { return }
        fail(
            FloodKey(kind, fact.destination, port: fact.port),
            fact.destination,
            by: fact.source,
            fact.identifier,
            hasSucceeded: kind == .syn && services.hasConnected(Imprint(Contact(fact)), at: fact.time),
            at: fact.time,
            to: &alerts
        )
    }

    /// A flow ended, whatever was found of it as a try.
    mutating func ended(_ fact: FlowFact, _ services: KnownServices, to alerts: inout [Alert]) {
        guard !fact.isForMany else { return }
        if fact.opening == .syn {
            let key = FloodKey(.syn, fact.destination, port: fact.port)
            if fact.isConnection {
                _ = targets.change(key) { $0.succeeded(at: fact.time) }
            } else if fact.isHalfOpen {
                let known = services.hasConnected(Imprint(Contact(fact)), at: fact.time)
                let (victim, sender) = (fact.destination, fact.source)
                fail(key, victim, by: sender, fact.identifier, hasSucceeded: known, at: fact.time, to: &alerts)
            }
        } else if fact.opening == .ack, fact.isStray {
            count(fact, .tcp, of: fact.destination, by: fact.source, port: fact.port, to: &alerts)
        }
    }

    /// Whether a flow that goes on or ended floods by itself.
    mutating func weigh(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard !fact.isForMany, let kind = fact.rain else { return }
        let key = FloodKey(kind, fact.destination, port: fact.port)
        let packets = fact.sourcePackets
        if kind == .syn { hasFailed = true }
        let alert = targets.update(key, or: FloodTarget(fact.destination)) { target -> Alert? in
            target.rained(packets, fact) ? target.alert(key, at: fact.time) : nil
        }
        if let alert { alerts.append(alert) }
    }

    private mutating func fail(
        _ key: FloodKey,
        _ victim: Party,
        by sender: Party,
        _ flow: FlowIdentifier,
        hasSucceeded: Bool,
        at time: Timestamp,
        to alerts: inout [Alert]
    ) {
        if key.kind == .syn { hasFailed = true }
        let limits = limits
        let alert = targets.update(key, or: FloodTarget(victim, hasSucceeded: hasSucceeded)) { target -> Alert? in
            target.tried(by: sender)
            return target.failed(flow, of: key.kind, at: time, limits) ? target.alert(key, at: time) : nil
        }
        if let alert { alerts.append(alert) }
    }
}

extension FlowFact {
    /// Whether it is for a group.
    fileprivate var isForMany: Bool { destination.address.isMulticast || destination.kind == .multicast }
}
