import Addressing
import Containers
import Flows

/// Finds floods: masses of tries that come to nothing at one port, and masses of packets that nobody answers. Those that come
/// to us and those that our containers send are found alike.
///
/// Counts as well as rates are judged, so that a capture whose clock stands still tells too. Bounded in targets and in tries under way.
struct FloodDetector: Sendable {
    private var targets = SubjectTable<FloodKey, FloodTarget>(limit: Self.targetLimit)
    /// Tries that nobody answered yet. Where there are `tryLimit`, the oldest is out before its time.
    private var tries = PendingFlows<Try>(limit: Self.tryLimit)

    private struct Try: Sendable {
        let key: FloodKey
        let flow: FlowIdentifier
    }

    static var targetLimit: Int { 4096 }
    static var tryLimit: Int { 32_768 }
    /// Nanoseconds without an answer after which a try came to nothing.
    static var patience: Int64 { 1_000_000_000 }
    /// Resolvers and their clients use a flow a question.
    static var questionPort: UInt16 { 53 }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        advance(to: fact.time, to: &alerts)
        guard !fact.destination.address.isMulticast, fact.destination.kind != .multicast else { return }
        switch fact.phase {
        case .began:
            began(fact, to: &alerts)
        case .goesOn:
            weigh(fact, to: &alerts)
        case .ended:
            ended(fact, to: &alerts)
            weigh(fact, to: &alerts)
        }
    }

    private mutating func began(_ fact: FlowFact, to alerts: inout [Alert]) {
        switch fact.opening {
        case .syn:
            // Whoever retries where nobody is floods nobody.
            if fact.destination.kind != .vacant { open(fact, .syn, to: &alerts) }
        case .datagram:
            if fact.destination.kind != .vacant { open(fact, .udp, to: &alerts) }
        case .fin, .null:
            count(fact, .tcp, of: fact.destination, by: fact.source, port: fact.port, to: &alerts)
        case .echo:
            count(fact, .icmp, of: fact.destination, by: fact.source, port: 0, to: &alerts)
        case .synAck:
            // The initiator that was not seen is the victim, or whose address it had.
            count(fact, .reflection, of: fact.source, by: fact.destination, port: 0, to: &alerts)
        case .ack, .fragment, .sctp, .answer, .other:
            break
        }
    }

    private mutating func open(_ fact: FlowFact, _ kind: FloodKey.Kind, to alerts: inout [Alert]) {
        let key = FloodKey(kind, fact.destination, port: fact.port)
        targets.update(key, or: FloodTarget(fact.destination)) { $0.tried(by: fact.source) }
        if tries.isFull, let (serial, _) = tries.oldest(before: .max), let displaced = tries.remove(serial)?.item {
            fail(displaced.key, displaced.flow, at: fact.time, to: &alerts)
        }
        tries.add(fact.serial, Try(key: key, flow: fact.identifier), at: fact.time)
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
        targets.update(key, or: FloodTarget(victim)) { $0.tried(by: sender) }
        fail(key, fact.identifier, at: fact.time, to: &alerts)
    }

    mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let open = tries.remove(serial)?.item, open.key.kind == .udp, open.key.port != Self.questionPort else { return }
        // What answers one sender's thousands of new sockets only makes it worse; of many senders it is a busy service.
        let isOfOne = targets.change(open.key) { !$0.sender.isOfMany } ?? false
        if isOfOne { fail(open.key, open.flow, at: time, to: &alerts) }
    }

    private mutating func ended(_ fact: FlowFact, to alerts: inout [Alert]) {
        if let open = tries.remove(fact.serial)?.item, fact.destinationPackets == 0 {
            fail(open.key, open.flow, at: fact.time, to: &alerts)
        } else if fact.opening == .syn, fact.isConnection {
            _ = targets.change(FloodKey(.syn, fact.destination, port: fact.port)) { $0.succeeded(at: fact.time) }
        } else if fact.opening == .syn, fact.isHalfOpen {
            fail(FloodKey(.syn, fact.destination, port: fact.port), fact.identifier, at: fact.time, to: &alerts)
        } else if fact.opening == .ack, fact.isStray {
            count(fact, .tcp, of: fact.destination, by: fact.source, port: fact.port, to: &alerts)
        }
    }

    private mutating func weigh(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard let kind = fact.rain else { return }
        let key = FloodKey(kind, fact.destination, port: fact.port)
        let packets = fact.sourcePackets
        let alert = targets.update(key, or: FloodTarget(fact.destination)) { target -> Alert? in
            target.rained(packets, fact) ? target.alert(key, at: fact.time) : nil
        }
        if let alert { alerts.append(alert) }
    }

    /// Settles what nobody answered in time.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while let (serial, began) = tries.oldest(before: time.nanoseconds &- Self.patience),
            let open = tries.remove(serial)?.item
        {
            let due = Timestamp(nanoseconds: began &+ Self.patience)
            fail(open.key, open.flow, at: due, to: &alerts)
        }
    }

    private mutating func fail(
        _ key: FloodKey,
        _ flow: FlowIdentifier,
        at time: Timestamp,
        to alerts: inout [Alert]
    ) {
        let alert = targets.change(key) { target -> Alert? in
            target.failed(flow, of: key.kind, at: time) ? target.alert(key, at: time) : nil
        }
        if case .some(.some(let alert)) = alert { alerts.append(alert) }
    }
}
