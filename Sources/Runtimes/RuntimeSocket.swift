import Glibc

/// Where a runtime's API listens.
package struct RuntimeSocket: Hashable, Sendable {
    /// Path of the Unix socket.
    package var path: String

    package init(path: String) {
        self.path = path
    }

    /// Where runtimes may listen on this host, each place once, whether something is there or not.
    ///
    /// `DOCKER_HOST` and `CONTAINER_HOST` take the place of Docker's and podman's own, as they do for `docker` and `podman`. What
    /// they name beyond this host (tcp://, ssh://) is none of ours, and leaves the usual places in force. Docker's two are mostly
    /// one, as /var/run is a link to /run; where it is not, both count.
    package static func candidates(environment: [String: String]) -> [RuntimeSocket] {
        let docker = named(by: environment["DOCKER_HOST"]) ?? ["/run/docker.sock", "/var/run/docker.sock"]
        let podman = named(by: environment["CONTAINER_HOST"]) ?? ["/run/podman/podman.sock"]
        var seen: Set<String> = []
        return (docker + podman).filter { seen.insert(place(of: $0)).inserted }.map(Self.init)
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
