import Foundation
import Support

/// podman on a node of a lab, with netavark as its network: rules of its own beside Docker's.
final class Podman: Sendable {
    let node: Node

    /// There is no daemon to start.
    init(on node: Node) throws {
        self.node = node
        try node.shell("mkdir -p /run/home; printf %s \"$1\" >/run/containers.conf", Self.configuration)
        let archive = try BoxImage.make(on: node)
        try podman("load", "-q", "-i", archive)
    }

    @discardableResult
    func podman(_ arguments: String...) throws -> String { try podman(arguments) }

    /// Runs it with these arguments, which must succeed; returns what it printed.
    @discardableResult
    func podman(_ arguments: [String]) throws -> String {
        let command = ["env", "CONTAINERS_CONF=/run/containers.conf", "podman"] + arguments
        return try node.output(of: command, within: .seconds(60))
    }

    /// Runs a container in the background: `options` as for `podman run`, then the image's own or another command.
    func run(_ name: String, _ options: String..., command: [String] = []) throws -> DockerContainer {
        try podman(["run", "-d", "--name", name] + options + [BoxImage.name] + command)
        return try container(name)
    }

    /// What it says of a container, which is what Docker would.
    func container(_ name: String) throws -> DockerContainer {
        let said = try podman("inspect", "--type", "container", name)
        guard let container = try JSONDecoder().decode([DockerContainer].self, from: Data(said.utf8)).first else {
            throw LabError("podman knows no container \(name)")
        }
        return container
    }

    /// Limits that any machine grants: podman asks for more files than CAP_SYS_RESOURCE-less roots may have, and crun wants v2 alone.
    private static let configuration = """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
        log_driver = "k8s-file"
        [network]
        network_backend = "netavark"
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        """
}
