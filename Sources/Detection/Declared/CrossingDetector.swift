import Addressing
import Containers
import Flows
import Policy

/// Finds flows between levels of sensitivity, and flows outside, that nothing in the policy allows: at their first packet, whatever
/// becomes of them. NIST SP 800-190, sections 4.3.3 and 4.4.2
///
/// Abstains where no level is declared, and where no way outside is.
struct CrossingDetector: Sendable {
    private var tally = PeerTally()
    /// What the policy declares, so that nothing is asked of it where it declares nothing.
    private var hasLevels = false
    private var hasWays = false
    private var hasNamedWays = false

    init(_ policy: DeclaredPolicy) { apply(policy) }

    mutating func apply(_ policy: DeclaredPolicy) {
        hasLevels = !policy.sensitivity.abstains
        hasWays = !policy.egress.isEmpty
        hasNamedWays = policy.egress.contains { !$0.domains.isEmpty }
    }

    mutating func take(_ fact: FlowFact, _ policy: inout CompiledPolicy, to alerts: inout [Alert]) {
        guard hasLevels || hasWays || fact.claimsLevels else { return }
        guard !fact.destination.address.isMulticast, fact.destination.kind != .multicast else { return }
        // A way out may go by a name that is known only from the first bytes.
        let mayBeNamed = hasNamedWays && fact.destination.isOutside
        switch fact.phase {
        case .began: if mayBeNamed, fact.name == nil { return }
        case .goesOn, .ended: guard mayBeNamed else { return }
        }
        judge(fact, &policy, to: &alerts)
    }

    private mutating func judge(_ fact: FlowFact, _ policy: inout CompiledPolicy, to alerts: inout [Alert]) {
        let verdict = policy.verdict(
            from: PolicyEnd(fact.source),
            to: PolicyEnd(fact.destination),
            name: fact.name,
            protocolNumber: fact.protocolNumber,
            port: fact.port
        )
        if verdict.crossing == .undeclared {
            let levels = policy.declared.sensitivity.levels
            let told = tally.take(.undeclaredCrossing, fact, Self.crossing(fact, verdict, levels)) {
                "\(fact.source.name) crossed levels to \($0) destinations that no interface is declared for"
            }
            if let told { alerts.append(told) }
        }
        guard verdict.egress == .undeclared, fact.source.isOurs else { return }
        let told = tally.take(.undeclaredEgress, fact, Self.egress(fact)) {
            "\(fact.source.name) went outside to \($0) destinations that are not declared"
        }
        if let told { alerts.append(told) }
    }

    private static func crossing(_ fact: FlowFact, _ verdict: FlowVerdict, _ levels: SensitivityLevels) -> Alert {
        let from = verdict.sourceLevel.map(levels.name) ?? "?"
        let to = verdict.destinationLevel.map(levels.name) ?? "outside"
        return Alert(
            .undeclaredCrossing,
            fact,
            "\(fact.source.name) (\(from)) called \(fact.calledName) (\(to)) on \(fact.service): no interface is declared from "
                + "\(from) to \(to)"
        )
    }

    private static func egress(_ fact: FlowFact) -> Alert {
        Alert(
            .undeclaredEgress,
            fact,
            "\(fact.source.name) went outside to \(fact.calledName) on \(fact.service), which is not declared"
        )
    }
}
