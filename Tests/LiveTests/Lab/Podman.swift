import Foundation
import Support

/// podman on a node of a lab, with netavark as its network: rules of its own beside Docker's.
final class Podman: ContainerEngine {
    let node: Node

    /// There is no daemon to start.
    init(on node: Node) throws {
        self.node = node
        try node.shell("mkdir -p /run/home; printf %s \"$1\" >/run/containers.conf", Self.configuration)
        let archive = try BoxImage.make(on: node)
        try podman("load", "-q", "-i", archive)
    }

    @discardableResult
    func podman(_ arguments: String...) throws -> String { try client(arguments) }

    func client(_ arguments: [String]) throws -> String {
        let command = ["env", "CONTAINERS_CONF=/run/containers.conf", "podman"] + arguments
        return try node.output(of: command, within: .seconds(60))
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
