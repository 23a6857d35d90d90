import Glibc

/// Judges facts: what is fit, what is not, what that costs and what mends it. Asks nobody anything.
struct Diagnosis {
    private let facts: HostFacts

    init(_ facts: HostFacts) {
        self.facts = facts
    }

    /// All checks, in the order in which they are told.
    var checks: [Check] {
        [capture] + Capability.allCases.map(capability) + KernelFeature.allCases.map(feature) + [
            landlock, cgroups, processes,
        ]
            + runtimes
    }

    /// Whether all that is needed is there.
    var isFit: Bool { !checks.contains { $0.outcome == .missing } }

    private var capture: Check {
        var check = Check(
            part: .capture,
            identifier: "capture.any",
            title: "packets of all interfaces",
            outcome: facts.captureFailure == nil ? .ok : .missing,
            finding: facts.captureFailure ?? facts.library
        )
        if facts.captureFailure != nil {
            check.cost = "no live capture; captures in files can be replayed"
            check.remedy = privilegeRemedy(.netRaw)
        }
        return check
    }

    private func capability(_ capability: Capability) -> Check {
        var check = Check(
            part: .capabilities,
            identifier: "capability.\(capability.name.dropFirst(4).lowercased())",
            title: capability.name,
            outcome: .ok
        )
        guard let capabilities = facts.capabilities else {
            check.outcome = .unknown
            check.finding = "/proc/self/status does not tell"
            return check
        }
        if capabilities & 1 << capability.rawValue == 0 {
            check.outcome = capability.isNeeded ? .missing : .lacking
            check.cost = capability.cost
            check.remedy = privilegeRemedy(capability)
        }
        return check
    }

    /// Root without a capability stands in a container; anybody else may be given what lacks.
    private func privilegeRemedy(_ capability: Capability) -> String {
        if facts.isRoot { return "docker run --cap-add \(capability.name.dropFirst(4)) …, if this is a container" }
        let names = Capability.allCases.map { $0.name.lowercased() }.joined(separator: ",")
        return "sudo setcap \(names)+ep \(facts.executable)"
    }

    private func feature(_ feature: KernelFeature) -> Check {
        var check = Check(
            part: .kernel,
            identifier: "kernel.\(feature.rawValue)",
            title: feature.title,
            outcome: .ok
        )
        switch facts.features[feature] ?? .unknown("nobody asked") {
        case .present: break
        case .unknown(let why):
            check.outcome = .unknown
            check.finding = why
        case .absent:
            check.outcome = .lacking
            check.cost = feature.cost
            check.remedy = moduleRemedy(feature)
        }
        return check
    }

    private func moduleRemedy(_ feature: KernelFeature) -> String {
        guard let module = feature.module else { return "a kernel of 5.9 or later with CONFIG_SOCK_CGROUP_DATA" }
        return facts.hasModules
            ? "sudo modprobe \(module.name)"
            : "a kernel with \(module.option): this one (\(facts.kernelRelease)) loads no modules"
    }

    private var landlock: Check {
        var check = Check(part: .kernel, identifier: "kernel.landlock", title: "Landlock", outcome: .ok)
        guard case .refused(let code) = facts.landlock else {
            if case .version(let number) = facts.landlock { check.finding = "version \(number)" }
            return check
        }
        check.outcome = .lacking
        check.cost = "what reads captures of strangers may open all files that its user may"
        switch code {
        case ENOSYS: check.remedy = "a kernel of 5.13 or later with CONFIG_SECURITY_LANDLOCK"
        case EOPNOTSUPP: check.remedy = "landlock among those that the kernel is started with: lsm=landlock,…"
        default:
            check.finding = unsafe String(cString: strerror(code))
            check.remedy = "a container whose filter of system calls allows Landlock"
        }
        return check
    }

    private var cgroups: Check {
        var check = Check(
            part: .kernel,
            identifier: "kernel.cgroup",
            title: "control groups",
            outcome: .ok,
            finding: facts.cgroupVersions.sorted().map { "version \($0)" }.joined(separator: " and ")
        )
        if facts.cgroupVersions.isEmpty {
            check.outcome = .missing
            check.finding = "no hierarchy is mounted"
            check.cost = "containers cannot be found"
            check.remedy = "sudo mount -t cgroup2 none /sys/fs/cgroup"
        }
        return check
    }

    private var processes: Check {
        var check = Check(
            part: .containers,
            identifier: "containers.processes",
            title: "processes of the host",
            outcome: .ok
        )
        switch facts.seesHostProcesses {
        case true?: break
        case false?:
            check.outcome = .lacking
            check.finding = "this process is in a PID namespace of its own"
            check.cost = "only the containers inside it are found"
            check.remedy = "docker run --pid host …"
        case nil:
            check.outcome = .unknown
            check.finding = "/proc/self/ns/pid does not tell"
        }
        return check
    }

    private var runtimes: [Check] {
        facts.runtimes.map { runtime in
            var check = Check(
                part: .containers,
                identifier: "containers.\(runtime.name)",
                title: "\(runtime.name)'s socket",
                outcome: .ok,
                finding: runtime.path
            )
            switch runtime.answer {
            case .connected where runtime.speaksCRI:
                check.finding =
                    runtime.path
                    + (facts.speaksCRI ? ", asked for the labels of pods" : ", not asked: built without the trait CRI")
            case .connected: break
            case .noSocket:
                check.outcome = .none
                check.finding = "nothing at \(runtime.path)"
            case .refused(let code):
                check.outcome = .lacking
                check.finding = "\(runtime.path): \(unsafe String(cString: strerror(code)))"
                check.cost = "its containers have no names, images and labels but what the kernel's files tell"
                check.remedy =
                    code == EACCES || code == EPERM
                    ? "sudo \(facts.executable) doctor" : "sudo systemctl restart \(runtime.service)"
            }
            return check
        }
    }
}

extension HostFacts.Runtime {
    /// What systemd calls what listens there.
    fileprivate var service: String { name == "podman" ? "podman.socket" : name }

    /// Whether it has no API but Kubernetes' Container Runtime Interface.
    fileprivate var speaksCRI: Bool { name == "containerd" || name == "crio" }
}
