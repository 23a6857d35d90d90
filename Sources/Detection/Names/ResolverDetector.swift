import Addressing
import Containers
import Flows
import Policy
import Wire

/// Finds who asks somebody else for names than whom the policy lets be asked.
///
/// Where it names nobody, only a change is told, and low: who asked resolvers inside until now, again and again, and then one
/// outside. Bounded in clients and in pairs of client and server.
struct ResolverDetector: Sendable {
    /// How a client asked until now.
    private struct Habit: Sendable {
        let first: Timestamp
        var inside = 0
        var isOutside = false
    }

    private var uses = ServerUse(limit: Self.limit)
    private var habits = SubjectTable<Subject, Habit>(limit: Self.limit)
    private var habit = 0

    static var limit: Int { 4096 }
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "habit": RuleCatalog.Threshold(.count, 1...100_000)
    ]
    /// Severity where nobody is declared: two resolvers, one of them outside, are no crime.
    static var vagueSeverity: Int { 30 }
    /// Seconds that a habit is at least old.
    static var settling: Int64 { 600 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        habit = thresholds.number("resolver", "habit", or: 20)
    }

    mutating func take(_ fact: FlowFact, _ ends: ResolverEnds, to alerts: inout [Alert]) {
        guard fact.asksForNames, fact.source.isOurs, !fact.destination.address.isMulticast,
            !fact.destination.address.isLoopback
        else { return }
        let isAllowed = ends.destination
        // A resolver asks the servers of the domains.
        if isAllowed == true || ends.source == true { return }
        if isAllowed == nil, !isChange(fact) { return }
        if let use = uses.add(fact) { alerts.append(alert(use, fact, isDeclared: isAllowed != nil)) }
    }

    /// The same of a client that asks inside, which is no change yet; returns whether it does.
    mutating func note(_ glance: borrowing FlowGlance, at time: Timestamp) -> Bool {
        if glance.isFromOutside || glance.outline.destination.isLoopback { return true }
        if glance.isToOutside { return false }
        habits.update(glance.subject, or: Habit(first: time)) { $0.inside += 1 }
        return true
    }

    /// Whether a client that asked inside until now asks outside; from then on it does so.
    private mutating func isChange(_ fact: FlowFact) -> Bool {
        let isOutside = fact.destination.isOutside
        let (habit, now) = (habit, fact.time.seconds)
        return habits.update(fact.source.subject, or: Habit(first: fact.time)) { known in
            guard isOutside else {
                if fact.phase == .began || fact.protocolNumber == 6 { known.inside += 1 }
                return false
            }
            let isSettled = known.inside >= habit && now &- known.first.seconds >= Self.settling
            // Who asked outside from the start has no other habit.
            if !isSettled { known.isOutside = true }
            return isSettled && !known.isOutside
        }
    }

    private func alert(_ use: ServerUse.Use, _ fact: FlowFact, isDeclared: Bool) -> Alert {
        let server = fact.destination
        let reason = isDeclared ? "which is no declared resolver" : "and asked resolvers inside until now"
        return Alert(
            rule: .foreignResolver,
            severity: isDeclared ? Rule.foreignResolver.severity : Self.vagueSeverity,
            time: fact.time,
            source: fact.source,
            destination: server,
            first: use.first,
            last: fact.last,
            count: use.count,
            evidence: use.evidence.ordered,
            message: "\(fact.source.name) asks \(server.name) for names, \(reason)"
        )
    }
}

extension FlowFact {
    /// Whether its initiator asks for names in the clear: by what it says, on whichever port, or by what it gets on port 53.
    fileprivate var asksForNames: Bool {
        guard opening != .answer, opening != .synAck else { return false }
        // A question in a datagram is known by its first packet; of a connection it shows later.
        if application == .dns { return protocolNumber == 6 ? isAnswered : phase == .began }
        return phase == .ended && port == 53 && application == .unknown && isAnswered
    }

    private var isAnswered: Bool {
        protocolNumber == 6 ? min(sourceBytes, destinationBytes) > 200 : destinationPackets > 0
    }
}
