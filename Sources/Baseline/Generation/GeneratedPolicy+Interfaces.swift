import Addressing
import Containers
import Policy

extension GeneratedPolicy {
    /// Interfaces between levels, where some are declared.
    mutating func writeInterfaces() {
        let levels = compiled.declared.sensitivity.levels
        var count = 0
        for profile in baseline.profiles {
            guard let from = level(of: profile) else { continue }
            for peer in profile.destinations where peer.exchange.service.isOfPolicy {
                guard case .workload(let workload) = peer.exchange.place, let other = baseline.profile(of: workload),
                    let to = level(of: other), to != from, count < LevelInterface.limit
                else { continue }
                lines.comment("\(names[profile.workload]) to \(EvidenceText.line(peer, names))")
                guard let source = PolicySelector(profile.workload, trusted: trusted),
                    let destination = PolicySelector(workload, trusted: trusted)
                else {
                    lines.comment("left out: only labels say who one of both is, and they are not in trusted_labels")
                    continue
                }
                if count == 0 { begin(levels) }
                count += 1
                lines.element { lines in
                    lines.pair("from", word: levels.name(of: from))
                    lines.pair("to", word: levels.name(of: to))
                    peer.exchange.service.write(to: &lines)
                    source.write("source", to: &lines)
                    destination.write("destination", to: &lines)
                }
            }
        }
        if count >= LevelInterface.limit { lines.comment("There may be no more interfaces; some are missing.") }
    }

    private mutating func begin(_ levels: SensitivityLevels) {
        if levels != .standard {
            lines.section("sensitivity") { $0.values("levels", levels.names) }
        }
        lines.line("interfaces:")
    }

    /// The level of a workload's containers, as far as image, labels, namespace and address tell.
    private mutating func level(of profile: Profile) -> SensitivityLevel? {
        if compiled.declared.sensitivity.abstains { return nil }
        let address = profile.addresses.first ?? .v4(IPv4Address(bits: 0))
        guard profile.workload.segment == nil else { return compiled.level(of: PolicyEnd(address)) }
        var container = Container(key: ContainerKey(identifier: names[profile.workload], generation: 1))
        // With a tag, as images are asked for.
        container.description.image = profile.workload.image.map { "\($0):latest" }
        container.description.podNamespace = profile.workload.namespace
        container.description.pod = profile.workload.pod
        for label in profile.workload.labels { container.description.labels[label.key] = label.value }
        return compiled.level(of: PolicyEnd(address, container: container))
    }
}
