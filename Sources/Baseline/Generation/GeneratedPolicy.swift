import Addressing
import Declarations
package import Policy

extension Baseline {
    /// What workloads did as a policy of ours: who may go where outside, and, where levels are declared in `policy`, which interfaces
    /// there are between them. `policy` also has which labels are trusted.
    package func policyText(for policy: DeclaredPolicy = DeclaredPolicy()) -> String {
        var generated = GeneratedPolicy(self, policy)
        return generated.text()
    }
}

/// Writes a policy.
struct GeneratedPolicy {
    let baseline: Baseline
    let names: WorkloadNames
    let trusted: Set<String>
    var compiled: CompiledPolicy
    var lines = YAMLLines()

    init(_ baseline: Baseline, _ policy: DeclaredPolicy) {
        self.baseline = baseline
        names = WorkloadNames(baseline)
        trusted = Set(policy.trustedLabels)
        compiled = CompiledPolicy(policy)
    }

    mutating func text() -> String {
        for line in EvidenceText.lines(baseline) { lines.comment(line) }
        writeTrusted()
        writeInterfaces()
        writeEgress()
        return lines.text
    }

    private mutating func writeTrusted() {
        let used = Set(baseline.profiles.flatMap { $0.workload.labels.map(\.key) }).intersection(trusted)
        lines.values("trusted_labels", used.sorted().map { YAMLLines.quoted($0) })
    }

    private mutating func writeEgress() {
        var count = 0
        for profile in baseline.profiles {
            let calls = profile.destinations.filter { $0.exchange.place.isOutside }
            guard !calls.isEmpty else { continue }
            lines.comment(EvidenceText.line(profile, names[profile.workload]))
            guard let selector = PolicySelector(profile.workload, trusted: trusted) else {
                lines.comment("left out: only labels say who it is, and they are not in trusted_labels")
                continue
            }
            for (service, peers) in Self.byService(calls) {
                for peer in peers { lines.comment("  \(EvidenceText.line(peer, names))") }
                let places = peers.flatMap { Self.places(of: $0) }
                guard service.isOfPolicy, !places.isEmpty else {
                    lines.comment("  left out: a policy cannot say \(service)")
                    continue
                }
                for start in stride(from: 0, to: places.count, by: EgressRule.placeLimit) {
                    guard count < EgressRule.limit else { continue }
                    if count == 0 { lines.line("egress:") }
                    count += 1
                    let some = Array(places[start..<min(start + EgressRule.placeLimit, places.count)])
                    lines.element { lines in
                        selector.write("source", to: &lines)
                        lines.values("to", some.map { YAMLLines.quoted($0) })
                        service.write(to: &lines)
                    }
                }
            }
        }
        if count == EgressRule.limit { lines.comment("There may be no more rules; what is behind these is missing.") }
    }

    private static func byService(_ calls: [Profile.Peer]) -> [(Service, [Profile.Peer])] {
        Dictionary(grouping: calls, by: \.exchange.service).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What stands behind `to`.
    private static func places(of peer: Profile.Peer) -> [String] {
        switch peer.exchange.place {
        case .network(let block): ["\(block)"]
        case .name(let name):
            HostName.isValid(Self.domain(name)) ? [Self.domain(name)] : peer.addresses.map { "\($0)" }
        default: []
        }
    }

    /// A domain stands for all below it.
    private static func domain(_ name: String) -> String { name.hasPrefix("*.") ? String(name.dropFirst(2)) : name }
}

extension Place {
    var isOutside: Bool {
        switch self {
        case .name, .network, .outside: true
        case .workload, .host, .remoteHost, .gateway: false
        }
    }
}

extension Service {
    /// Whether a policy has words for it.
    var isOfPolicy: Bool { PolicyProtocol(number: protocolNumber) != nil && port != 0 }

    func write(to lines: inout YAMLLines) {
        lines.pair("protocol", word: protocolWord)
        if let port { lines.values("ports", ["\(port)"]) }
    }
}
