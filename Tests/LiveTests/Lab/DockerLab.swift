/// One host with Docker, and one outside it that knows it by its address only.
final class DockerLab: Sendable {
    let lab: Lab
    let docker: Docker
    /// The client, whose traffic comes over the underlay.
    let outside: Node

    init(hierarchies: Lab.Hierarchies = .machine) throws {
        lab = try Lab(nodes: ["docker", "outside"], hierarchies: hierarchies)
        docker = try Docker(on: lab.nodes[0])
        outside = lab.nodes[1]
    }

    var node: Node { docker.node }

    /// Takes everything down, and waits until it is.
    func close() { lab.close() }
}
