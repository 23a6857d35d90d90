import Foundation
import Support

/// containerd with its CRI plugin on a node of a lab, and Debian's CNI plugins: pods as a kubelet makes them.
final class Containerd: Sendable {
    let node: Node
    let daemon: Running

    private static let address = "/run/containerd/containerd.sock"

    /// Starts it. Pods get addresses of `subnet` on the bridge cni0.
    init(on node: Node, subnet: String = "10.85.0.0/24") throws {
        self.node = node
        try node.shell(
            "mkdir -p /run/cni /run/containerd; printf %s \"$1\" >/run/containerd/config.toml",
            Self.configuration
        )
        try node.shell("printf %s \"$1\" >/run/cni/10-lab.conflist", Self.network(subnet))
        try node.shell("echo 1 >/proc/sys/net/ipv4/ip_forward")
        daemon = try node.start("containerd", "-c", "/run/containerd/config.toml")
        try daemon.waitFor("containerd successfully booted", within: .seconds(60))
        let archive = try BoxImage.make(on: node)
        try ctr("images", "import", archive)
    }

    /// Runs containerd's own client in Kubernetes' namespace; returns what it printed.
    @discardableResult
    func ctr(_ arguments: String...) throws -> String {
        try node.output(of: ["ctr", "-a", Self.address, "-n", "k8s.io"] + arguments)
    }

    /// Runs a pod with one container, through the CRI.
    func runPod(
        _ name: String,
        namespace: String = "shop",
        labels: [String: String] = [:],
        usesHostNetwork: Bool = false,
        command: [String] = ["sleep", "1000000"]
    ) throws -> CRIPod {
        let request = CRIPod.Request(
            name: name,
            uid: UUID().uuidString.lowercased(),
            namespace: namespace,
            labels: labels,
            host_network: usesHostNetwork,
            image: BoxImage.name,
            command: command
        )
        let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
        let answer = try cri("run", text)
        return try JSONDecoder().decode(CRIPod.self, from: Data(answer.utf8))
    }

    /// Stops a pod and removes it.
    func removePod(_ pod: CRIPod) throws {
        _ = try cri("remove", pod.sandbox)
    }

    private func cri(_ arguments: String...) throws -> String {
        let client = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/cri.py")
        let command = ["/usr/bin/python3", "-E", "-s", "-B", client.path, Self.address] + arguments
        return try node.output(of: command, within: .seconds(60))
    }

    private static let configuration = """
        version = 2
        oom_score = 0
        [grpc]
          address = "\(address)"
        [plugins."io.containerd.internal.v1.opt"]
          path = "/run/containerd/opt"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "\(BoxImage.name)"
          restrict_oom_score_adj = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "/usr/lib/cni"
            conf_dir = "/run/cni"
        """

    private static func network(_ subnet: String) -> String {
        """
        {"cniVersion": "0.4.0", "name": "pods", "plugins": [
          {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "mtu": 1450,
           "ipam": {"type": "host-local", "ranges": [[{"subnet": "\(subnet)"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
        """
    }
}
