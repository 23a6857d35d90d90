import Addressing

extension Baseline {
    /// What workloads did as NetworkPolicies of Kubernetes, one document for each that pods can be found of by their labels.
    package var networkPolicies: String {
        let writer = NetworkPolicyText(self)
        return writer.text()
    }
}

/// Writes NetworkPolicies. What one cannot say stands in it as a comment.
struct NetworkPolicyText {
    private let baseline: Baseline
    private let names: WorkloadNames
    private let callers: Callers

    init(_ baseline: Baseline) {
        self.baseline = baseline
        names = WorkloadNames(baseline)
        callers = Callers(baseline)
    }

    func text() -> String {
        var lines = YAMLLines()
        for line in EvidenceText.lines(baseline) { lines.comment(line) }
        for profile in baseline.profiles {
            lines.blank()
            lines.comment(EvidenceText.line(profile, names[profile.workload]))
            let namespace = profile.workload.namespace
            guard let selector = PodSelector(profile.workload) else {
                lines.comment("left out: no label says which pods it has")
                continue
            }
            guard namespace.map({ WorkloadNames.isWord($0) }) ?? true else {
                lines.comment("left out: its namespace is none of Kubernetes")
                continue
            }
            if selector.isVague { lines.comment("some of its labels cannot be said: this may be about others, too") }
            write(profile, selector, to: &lines)
        }
        return lines.text
    }

    private func write(_ profile: Profile, _ selector: PodSelector, to lines: inout YAMLLines) {
        lines.line("---")
        lines.pair("apiVersion", word: "networking.k8s.io/v1")
        lines.pair("kind", word: "NetworkPolicy")
        lines.section("metadata") { lines in
            lines.pair("name", names[profile.workload])
            if let namespace = profile.workload.namespace { lines.pair("namespace", namespace) }
        }
        lines.section("spec") { lines in
            selector.write("podSelector", to: &lines)
            lines.values("policyTypes", ["Ingress", "Egress"])
            write("ingress", "from", callers.callers(of: profile), to: &lines)
            write("egress", "to", profile.destinations, to: &lines)
        }
    }

    /// What is said of one place.
    private struct Rule {
        var peers: [Profile.Peer]
        var ends: [NetworkPeer]
        var ports: [Service]

        /// A rule without ports would allow all of them, and one without ends everybody.
        var isWhole: Bool { !ends.isEmpty && !ports.isEmpty }
    }

    /// The rules of a direction, one for each place; none at all allows nothing.
    private func write(_ key: String, _ direction: String, _ peers: [Profile.Peer], to lines: inout YAMLLines) {
        let places = Dictionary(grouping: peers, by: \.exchange.place).sorted { $0.key < $1.key }
        let rules = places.map { place, peers in
            Rule(
                peers: peers,
                ends: NetworkPeer.all(of: place, peers, in: baseline),
                ports: peers.map(\.exchange.service).filter { $0.hasPorts && $0.port != 0 }.sorted()
            )
        }
        lines.line(rules.contains(where: \.isWhole) ? "\(key):" : "\(key): []")
        for rule in rules {
            for peer in rule.peers { lines.comment("  \(EvidenceText.line(peer, names))") }
            guard rule.isWhole else {
                let reason = rule.ends.isEmpty ? "nothing says where it is" : "only TCP, UDP and SCTP can be said"
                lines.comment("  left out: \(reason)")
                continue
            }
            lines.element { lines in
                lines.list(direction, rule.ends) { $1.write(to: &$0) }
                lines.list("ports", rule.ports) { lines, service in
                    lines.pair("protocol", word: service.protocolWord.uppercased())
                    if let port = service.port { lines.pair("port", port) }
                }
            }
        }
    }
}
