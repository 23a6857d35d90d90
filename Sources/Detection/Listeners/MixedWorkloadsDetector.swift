import Addressing
import Containers

/// Notes that a host serves something of its own beside containers. Told once, a while after it began: by then it is known which
/// listeners are containers'. NIST SP 800-190, section 4.5.2
struct MixedWorkloadsDetector: Sendable {
    private var line = DelayLine<Listener>(seconds: Self.delay, limit: Self.limit)
    private var isTold = false

    static var limit: Int { 256 }
    /// Seconds until a listener is judged.
    static var delay: Int64 { 60 }
    /// What a host of containers needs itself.
    private static let household: Set<String> = [
        "sshd", "systemd", "systemd-resolve", "systemd-network", "systemd-timesyn", "init", "chronyd", "ntpd",
        "rpcbind", "dhclient",
        "dhcpcd", "NetworkManager", "avahi-daemon", "dnsmasq", "kubelet", "kube-proxy", "kube-apiserver",
        "kube-controller",
        "kube-scheduler", "etcd", "k3s", "k3s-server", "k3s-agent", "rke2", "containerd", "dockerd", "docker-proxy",
        "crio", "conmon",
        "podman", "rootlessport", "slirp4netns", "pasta", "pasta.avx2", "aardvark-dns", "flanneld", "calico-node",
        "cilium-agent",
        "node_exporter", "cadvisor", "portolan",
    ]

    /// When the first listener is to be judged.
    var due: Timestamp { line.due }

    /// A listener in the host's namespace that is no container's as far as is known.
    mutating func take(_ listener: Listener, at time: Timestamp) {
        guard !isTold, !listener.address.isLoopback, let name = listener.process?.name, !Self.household.contains(name),
            listener.protocolNumber != 17 || listener.port < NewListenerDetector.ephemeral
        else { return }
        line.append(listener, at: time)
    }

    mutating func advance(to time: Timestamp, _ residents: Residents, to alerts: inout [Alert]) {
        guard line.isDue(at: time) else { return }
        while let (listener, due) = line.takeDue(at: time) {
            guard !isTold, residents.hasContainers, residents.owner(of: listener) == nil, let process = listener.process
            else {
                continue
            }
            isTold = true
            var party = Party(listener.address, kind: .host, confidence: .certain)
            party.process = process.name
            let message = "This host runs \(process.name) on \(listener.service) beside its containers"
            alerts.append(Alert(.mixedWorkloads, party, at: due, message))
        }
    }
}
