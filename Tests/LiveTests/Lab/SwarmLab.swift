/// Two hosts with Docker in one swarm, and an attachable overlay network over both: `mesh`, 10.99.0.0/24.
///
/// What needs IPVS (virtual addresses of services, ingress ports) or ESP (encrypted overlays) depends on the kernel.
final class SwarmLab: Sendable {
    let lab: Lab
    let manager: Docker
    let worker: Docker

    static let network = "mesh"

    /// `dataPathPort` is the UDP port of the overlay's VXLAN.
    init(dataPathPort: UInt16 = 4789) throws {
        lab = try Lab(nodes: ["manager", "worker"])
        manager = try Docker(on: lab.nodes[0], bridge: "172.30.1.1/24")
        worker = try Docker(on: lab.nodes[1], bridge: "172.30.2.1/24")
        let (first, second) = (lab.nodes[0].address, lab.nodes[1].address)
        try manager.docker(
            "swarm",
            "init",
            "--advertise-addr",
            first,
            "--listen-addr",
            "\(first):2377",
            "--data-path-addr",
            first,
            "--data-path-port",
            String(dataPathPort),
            "--default-addr-pool",
            "10.98.0.0/16"
        )
        let token = try manager.docker("swarm", "join-token", "-q", "worker")
        try worker.docker(
            "swarm",
            "join",
            "--advertise-addr",
            second,
            "--listen-addr",
            "\(second):2377",
            "--data-path-addr",
            second,
            "--token",
            token,
            "\(first):2377"
        )
        try manager.docker(
            "network",
            "create",
            "-d",
            "overlay",
            "--attachable",
            "--subnet",
            "10.99.0.0/24",
            Self.network
        )
    }

    /// Takes everything down, and waits until it is.
    func close() { lab.close() }
}
