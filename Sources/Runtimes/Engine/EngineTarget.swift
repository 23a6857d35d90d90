import Containers

/// What a runtime's API is asked for. Docker Engine API from 1.24 on, and podman's additions under /libpod.
enum EngineTarget {
    static var version: String { "/version" }

    /// All containers, or only one: this never waits for a container that is starting, as its own page does.
    static func list(_ runtime: ContainerRuntime, only identifier: String? = nil) -> String {
        // {"id":["…"]}
        let filter = identifier.map { "&filters=%7B%22id%22%3A%5B%22\($0)%22%5D%7D" } ?? ""
        // Podman's own list tells of pods, and needs a version before it.
        return runtime == .podman
            ? "/v4.0.0/libpod/containers/json?all=true" + filter : "/containers/json?all=1" + filter
    }

    /// The page of one container. Waits while the container is starting.
    static func container(_ identifier: String) -> String { "/containers/\(identifier)/json" }

    /// What happens from a moment on, in seconds since 1970, as long as the connection lasts.
    ///
    /// Docker answers before it has subscribed us: without a moment in the past, what happens in between is lost.
    static func events(_ runtime: ContainerRuntime, since seconds: Int64) -> String {
        let start = "/events?since=\(seconds)&filters=%7B%22type%22%3A%5B%22container%22%2C%22network%22%5D"
        // Podman knows other words for these, and some versions refuse words they do not know.
        guard runtime != .podman else { return start + "%7D" }
        // Left out is what health checks and `exec` say, every few seconds and with all labels.
        let words = ["create", "start", "rename", "destroy", "connect", "disconnect"]
        return start + "%2C%22event%22%3A%5B" + words.map { "%22\($0)%22" }.joined(separator: "%2C") + "%5D%7D"
    }
}
