extension Baseline {
    /// What workloads did as networks of Docker Compose: for each project a fragment to merge into its file.
    package var composeFiles: [ComposeFile] {
        let names = WorkloadNames(self)
        let projects = Set(profiles.filter { $0.workload.isContainer }.map { $0.workload.composeProject ?? "" })
        return projects.sorted().map { project in
            ComposeFile(project: project, text: ComposeText(self, project, names).text())
        }
    }
}

/// A fragment of a Compose file.
package struct ComposeFile: Hashable, Sendable {
    /// Empty for containers that are of none.
    package var project: String
    package var text: String
}

/// Writes a network for each pair of services that talk, which has nobody else in it, and one for each that talks to the outside.
struct ComposeText {
    private let baseline: Baseline
    private let names: WorkloadNames
    private let project: String
    private var services: [Workload: Set<String>] = [:]
    private var networks: [String: Network] = [:]

    private struct Network {
        var isInternal = true
        /// It is of two projects, and made by hand.
        var isShared = false
        var evidence: [String] = []
    }

    init(_ baseline: Baseline, _ project: String, _ names: WorkloadNames) {
        self.baseline = baseline
        self.project = project
        self.names = names
        for profile in baseline.profiles where isOurs(profile.workload) { services[profile.workload] = [] }
        for profile in baseline.profiles where profile.workload.isContainer { join(profile) }
    }

    private func isOurs(_ workload: Workload) -> Bool {
        workload.isContainer && workload.composeProject ?? "" == project
    }

    private mutating func join(_ profile: Profile) {
        let name = names[profile.workload]
        for peer in profile.destinations + profile.callers {
            switch peer.exchange.place {
            case .workload(let other) where other.isContainer:
                guard isOurs(profile.workload) || isOurs(other) else { continue }
                let network = [name, names[other]].sorted().joined(separator: "_")
                let isShared = !(isOurs(profile.workload) && isOurs(other))
                note(network, "\(name) to \(EvidenceText.line(peer, names))", isShared: isShared)
                for end in [profile.workload, other] where isOurs(end) { services[end]?.insert(network) }
            case .workload, .name, .network, .outside, .host, .remoteHost, .gateway:
                guard isOurs(profile.workload) else { continue }
                let network = "\(name)_outside"
                note(network, EvidenceText.line(peer, names), isInternal: false)
                services[profile.workload]?.insert(network)
            }
        }
    }

    private mutating func note(_ name: String, _ evidence: String, isInternal: Bool = true, isShared: Bool = false) {
        networks[name, default: Network()].evidence.append(evidence)
        networks[name]?.isInternal = isInternal
        networks[name]?.isShared = isShared
    }

    func text() -> String {
        var lines = YAMLLines()
        for line in EvidenceText.lines(baseline) { lines.comment(line) }
        lines.comment(project.isEmpty ? "Containers of no project" : "Project \(project)")
        lines.comment("In a network that is internal nobody reaches the outside, nor the outside him.")
        lines.section("services") { lines in
            for (workload, joined) in services.sorted(by: { $0.key < $1.key }) {
                lines.section(YAMLLines.quoted(serviceName(workload))) { lines in
                    if joined.isEmpty {
                        lines.pair("network_mode", word: "none")
                    } else {
                        lines.values("networks", joined.sorted())
                    }
                }
            }
        }
        guard !networks.isEmpty else { return lines.text }
        lines.section("networks") { lines in
            for (name, network) in networks.sorted(by: { $0.key < $1.key }) {
                for line in network.evidence { lines.comment(line) }
                lines.section(name) { lines in
                    if network.isShared {
                        lines.comment("of two projects: docker network create --internal portolan_\(name)")
                        lines.pair("external", word: "true")
                        lines.pair("name", "portolan_\(name)")
                    } else {
                        lines.pair("internal", word: network.isInternal ? "true" : "false")
                    }
                }
            }
        }
        return lines.text
    }

    /// What its file calls a service, where that may stand in one.
    private func serviceName(_ workload: Workload) -> String {
        guard let service = workload.label("com.docker.compose.service"), PodSelector.isValue(service) else {
            return names[workload]
        }
        return service
    }
}

extension Workload {
    /// Whether it is a container on its own, as Compose runs them.
    fileprivate var isContainer: Bool { segment == nil && pod == nil && image != nil }

    fileprivate var composeProject: String? { label("com.docker.compose.project") }
}
