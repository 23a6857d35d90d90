import Addressing
import Containers

extension Suspect {
    /// What there is to tell of it now; nil while it may be no scanner.
    mutating func alert(isPing: Bool, at time: Timestamp, _ limits: ScanLimits) -> Alert? {
        guard let pattern = finding(at: time, limits), let last = pattern.failures.last else { return nil }
        let rule: Rule =
            switch pattern.kind {
            case _ where isPing: .pingSweep
            case .vertical: .verticalScan
            case .horizontal: .horizontalScan
            case .block: .blockScan
            }
        // One host that does not answer pings is no sweep.
        if isPing, pattern.kind == .vertical { return nil }
        var alert = Alert(
            rule: rule,
            severity: party.kind == .outside ? min(rule.severity, 30) : rule.severity,
            time: time,
            source: party,
            first: first ?? time,
            last: last.time,
            // Of those that are remembered each, exactly; beyond, all of it.
            count: failures.count < Self.failureLimit ? pattern.failures.count : count,
            evidence: pattern.failures.suffix(Alert.evidenceLimit).map(\.flow),
            message: ""
        )
        let (hosts, ports) = (pattern.hosts.count, pattern.ports.count)
        switch rule {
        case .pingSweep: alert.message = sentence("\(hosts) hosts", pattern)
        case .verticalScan:
            alert.destination = Party(last.contact.host.address, scope: last.contact.host.scope)
            alert.message = sentence("\(ports) ports of \(last.party.name)", pattern)
        case .horizontalScan: alert.message = sentence("port \(last.contact.port) of \(hosts) hosts", pattern)
        default: alert.message = sentence("\(ports) ports of \(hosts) hosts", pattern)
        }
        return alert
    }

    private func sentence(_ what: String, _ pattern: ScanPattern) -> String {
        let refused = pattern.failures.count(where: \.isRefusal)
        var outcome: [String] = []
        if refused > 0 { outcome.append("\(refused) refused") }
        if refused < pattern.failures.count { outcome.append("\(pattern.failures.count - refused) silent") }
        var kinds: [String] = []
        for failure in pattern.failures where !kinds.contains(failure.opening.word) {
            kinds.append(failure.opening.word)
        }
        return "\(party.name) tried \(what): \(outcome.joined(separator: ", ")) (\(kinds.joined(separator: ", ")))"
    }
}
