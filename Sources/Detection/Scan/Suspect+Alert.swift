import Addressing
import Containers

extension Suspect {
    /// What there is to tell of it now.
    func alert(isPing: Bool, at time: Timestamp) -> Alert {
        let recent = failures.filter {
            time.seconds - $0.time.seconds <= Self.window || failures.count < Self.failureLimit
        }
        let hosts = Self.counts(recent.map(\.contact.host))
        let ports = Self.counts(recent.map { Port(protocolNumber: $0.contact.protocolNumber, port: $0.contact.port) })
        let (host, port) = (hosts.first, ports.first)
        let half = (recent.count + 1) / 2
        let rule: Rule
        if isPing {
            rule = .pingSweep
        } else if let host, host.count > half || hosts.count == 1 {
            rule = .verticalScan
        } else if let port, port.count > half || ports.count == 1 {
            rule = .horizontalScan
        } else {
            rule = .blockScan
        }
        var alert = Alert(
            rule: rule,
            severity: party.kind == .outside ? min(rule.severity, 30) : rule.severity,
            time: time,
            source: party,
            first: first ?? time,
            last: failures.last?.time ?? time,
            count: count,
            evidence: failures.suffix(Alert.evidenceLimit).map(\.flow),
            message: ""
        )
        if rule == .verticalScan, let host, let failure = recent.first(where: { $0.contact.host == host.value }) {
            alert.destination = Party(host.value.address, scope: host.value.scope)
            alert.message = sentence("\(ports.count) ports of \(failure.name)", recent)
        } else if rule == .horizontalScan, let port {
            alert.message = sentence("port \(port.value.port) of \(hosts.count) hosts", recent)
        } else if rule == .pingSweep {
            alert.message = sentence("\(hosts.count) hosts", recent)
        } else {
            alert.message = sentence("\(ports.count) ports of \(hosts.count) hosts", recent)
        }
        return alert
    }

    private func sentence(_ what: String, _ recent: [FailedContact]) -> String {
        let refused = recent.count(where: \.isRefusal)
        var outcome: [String] = []
        if refused > 0 { outcome.append("\(refused) refused") }
        if refused < recent.count { outcome.append("\(recent.count - refused) silent") }
        var kinds: [String] = []
        for failure in recent where !kinds.contains(failure.opening.word) { kinds.append(failure.opening.word) }
        return "\(party.name) tried \(what): \(outcome.joined(separator: ", ")) (\(kinds.joined(separator: ", ")))"
    }

    /// What there is how often, most first; of equal ones that which came first.
    private static func counts<Value: Hashable>(_ values: [Value]) -> [(value: Value, count: Int)] {
        var places: [Value: Int] = [:]
        var counts: [(value: Value, count: Int)] = []
        for value in values {
            if let place = places[value] {
                counts[place].count += 1
            } else {
                places[value] = counts.count
                counts.append((value, 1))
            }
        }
        return counts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(
            \.element
        )
    }

    private struct Port: Hashable {
        let protocolNumber: UInt8
        let port: UInt16
    }
}
