/// A pod that containerd runs: a sandbox, which is the pause container, and one container in its network namespace.
struct CRIPod: Decodable, Sendable {
    var name: String
    var uid: String
    /// Identifiers of its containers.
    var sandbox: String
    var container: String
    /// Empty on the host's network.
    var address: String
    /// Their first processes, in the PID namespace of the node.
    var sandboxProcess: Int32
    var containerProcess: Int32

    /// What `Programs/cri.py` is told.
    struct Request: Encodable {
        var name: String
        var uid: String
        var namespace: String
        var labels: [String: String]
        var host_network: Bool
        var image: String
        var command: [String]
    }
}
