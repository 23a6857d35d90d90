import Foundation
import Synchronization

/// A Docker daemon on a node of a lab, at its usual paths there, with an image to run and no way to get others.
final class Docker: ContainerEngine {
    let node: Node
    private let bridge: String
    private let options: [String]
    private let current: Mutex<Running>

    /// Starts it. `bridge` is docker0's address with its prefix length; `options` are more of dockerd's.
    init(on node: Node, bridge: String = "172.28.0.1/24", _ options: String...) throws {
        self.node = node
        self.bridge = bridge
        self.options = options
        // Read by the client under HOME; by the daemon in place of /etc/docker/daemon.json, which is the machine's.
        try node.shell("mkdir -p /run/home/.docker; echo '{}' | tee /run/home/.docker/config.json >/run/docker.json")
        current = Mutex(try Self.launch(on: node, bridge, options))
        let archive = try BoxImage.make(on: node)
        try docker("load", "-q", "-i", archive)
    }

    /// The daemon that runs, or ran last.
    var daemon: Running { current.withLock { $0 } }

    /// Runs the client with these arguments, which must succeed; returns what it printed.
    @discardableResult
    func docker(_ arguments: String...) throws -> String { try client(arguments) }

    @discardableResult
    func docker(_ arguments: [String]) throws -> String { try client(arguments) }

    func client(_ arguments: [String]) throws -> String {
        try node.output(of: ["docker"] + arguments, within: .seconds(60))
    }

    /// Starts the daemon anew after it was killed or stopped.
    func restart() throws {
        daemon.stop()
        // A killed one leaves its file, and the next takes whoever has that number for the daemon.
        try node.shell("rm -f /run/docker.pid")
        let daemon = try Self.launch(on: node, bridge, options)
        current.withLock { $0 = daemon }
    }

    private static func launch(on node: Node, _ bridge: String, _ options: [String]) throws -> Running {
        let own = ["--exec-opt", "native.cgroupdriver=cgroupfs", "--storage-driver", "overlay2"]
        let daemon = try node.start(["dockerd", "--config-file", "/run/docker.json", "--bip", bridge] + own + options)
        try daemon.waitFor("API listen on /var/run/docker.sock", within: .seconds(60))
        return daemon
    }
}
