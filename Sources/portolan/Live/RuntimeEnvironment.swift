import Glibc

/// What of the environment says where runtimes listen.
enum RuntimeEnvironment {
    /// Docker's, podman's and crictl's own variables, where they are set.
    static var values: [String: String] {
        var values: [String: String] = [:]
        for name in ["DOCKER_HOST", "CONTAINER_HOST", "CONTAINER_RUNTIME_ENDPOINT"] {
            if let value = unsafe getenv(name) { values[name] = unsafe String(cString: value) }
        }
        return values
    }
}
