/// One host with containerd and CRI, and one outside it.
final class ContainerdLab: Sendable {
    let lab: Lab
    let containerd: Containerd
    let outside: Node

    init(hierarchies: Lab.Hierarchies = .machine) throws {
        lab = try Lab(nodes: ["kube", "outside"], hierarchies: hierarchies)
        containerd = try Containerd(on: lab.nodes[0])
        outside = lab.nodes[1]
    }

    var node: Node { containerd.node }

    /// Takes everything down, and waits until it is.
    func close() { lab.close() }
}
