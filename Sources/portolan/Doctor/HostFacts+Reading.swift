import Glibc

/// What the kernel's text files mean.
extension HostFacts {
    /// Versions of the control group hierarchies in /proc/PID/mountinfo. proc(5)
    static func cgroupVersions(inMounts text: String) -> Set<Int> {
        var versions: Set<Int> = []
        for line in text.split(separator: "\n") {
            // Optional fields end at a lone dash; the file system's type stands behind it.
            let words = line.split(separator: " ")
            guard let dash = words.lastIndex(of: "-"), dash + 1 < words.count else { continue }
            switch words[dash + 1] {
            case "cgroup": versions.insert(1)
            case "cgroup2": versions.insert(2)
            default: break
            }
        }
        return versions
    }

    /// The effective capabilities in /proc/PID/status. proc(5)
    static func capabilities(inStatus text: String) -> UInt64? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let digits = line?.dropFirst(7).drop { $0 == "\t" || $0 == " " }
        return digits.flatMap { UInt64($0, radix: 16) }
    }

    /// The runtimes whose sockets lie where they are looked for; `environment` tells what a variable says.
    static func runtimes(_ environment: (String) -> String?) -> [Runtime] {
        let places = [
            ("docker", socketPath(environment("DOCKER_HOST")) ?? "/var/run/docker.sock"),
            ("podman", socketPath(environment("CONTAINER_HOST")) ?? "/run/podman/podman.sock"),
            ("containerd", "/run/containerd/containerd.sock"),
            ("crio", "/run/crio/crio.sock"),
        ]
        return places.map { Runtime(name: $0.0, path: $0.1, answer: Runtime.Answer(connectingTo: $0.1)) }
    }

    /// The path in a value such as `unix:///run/docker.sock`; nil of any other kind, which is not connected to.
    static func socketPath(_ value: String?) -> String? {
        guard let value, value.hasPrefix("unix://") else { return nil }
        let path = String(value.dropFirst(7))
        return path.hasPrefix("/") ? path : nil
    }
}
