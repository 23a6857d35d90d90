/// Who names a container's control group, and how.
enum PodStyle: String, Codable, Sendable, CaseIterable {
    case kubeletCgroupfs = "kubelet-cgroupfs"
    case containerdSystemd = "containerd-systemd"
    case crioSystemd = "crio-systemd"
    case dockerCgroupfs = "docker-cgroupfs"
    case dockerSystemd = "docker-systemd"
    case podmanSystemd = "podman-systemd"
    /// All of a kubelet's below a group of its own, as in kind.
    case kubeletNested = "kubelet-nested"
}
