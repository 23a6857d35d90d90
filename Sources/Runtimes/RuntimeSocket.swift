import Glibc

/// Where a runtime's API listens.
package struct RuntimeSocket: Hashable, Sendable {
    /// What is spoken there.
    package enum Interface: Hashable, Sendable {
        /// Docker's API over HTTP, which podman speaks too.
        case engine
        /// Kubernetes' Container Runtime Interface over gRPC.
        case cri

        /// Whether this program was built so that it speaks it.
        package var isBuiltIn: Bool {
            #if CRI
            true
            #else
            self == .engine
            #endif
        }
    }

    /// Path of the Unix socket.
    package var path: String
    package var interface: Interface

    package init(path: String, speaking interface: Interface = .engine) {
        self.path = path
        self.interface = interface
    }

    /// Where runtimes may listen on this host that this program can talk to, each place once, whether something is there or not.
    ///
    /// `DOCKER_HOST` and `CONTAINER_HOST` take the place of Docker's and podman's own, as they do for `docker` and `podman`. What
    /// they name beyond this host (tcp://, ssh://) is none of ours, and leaves the usual places in force. Docker's two are mostly
    /// one, as /var/run is a link to /run; where it is not, both count. `CONTAINER_RUNTIME_ENDPOINT` does for the CRI what it does for
    /// `crictl`.
    package static func candidates(environment: [String: String]) -> [RuntimeSocket] {
        let docker = named(by: environment["DOCKER_HOST"]) ?? ["/run/docker.sock", "/var/run/docker.sock"]
        let podman = named(by: environment["CONTAINER_HOST"]) ?? ["/run/podman/podman.sock"]
        let cri =
            named(by: environment["CONTAINER_RUNTIME_ENDPOINT"]) ?? [
                "/run/containerd/containerd.sock", "/run/crio/crio.sock", "/run/k3s/containerd/containerd.sock",
            ]
        let all = (docker + podman).map { Self(path: $0) } + cri.map { Self(path: $0, speaking: .cri) }
        var seen: Set<String> = []
        return all.filter { $0.interface.isBuiltIn && seen.insert(place(of: $0.path)).inserted }
    }

    /// The path in a URL such as `unix:///run/docker.sock`.
    private static func named(by host: String?) -> [String]? {
        guard let host, host.hasPrefix("unix://") else { return nil }
        let path = String(host.dropFirst("unix://".count))
        return path.hasPrefix("/") ? [path] : nil
    }

    /// The path with links in the names of its folders followed, where they are there. realpath(3).
    private static func place(of path: String) -> String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        guard let folder = realpath(String(path[..<end]) + "/", nil) else { return path }
        defer { free(folder) }
        return String(cString: folder) + path[end...]
    }
}
