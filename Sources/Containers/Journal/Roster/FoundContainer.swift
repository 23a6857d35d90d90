package import Addressing

/// A container as the kernel's files show it: a control group with processes.
package struct FoundContainer: Hashable, Sendable {
    /// As its control group is named for it.
    package var identifier: String
    /// As far as the naming tells.
    package var runtime: ContainerRuntime?
    /// The pod it is in, as far as the naming tells: Kubernetes' UID.
    package var podIdentifier: String?
    /// Path of its control group below the hierarchy's root.
    package var cgroup: String?
    /// The inode number of that control group in the v2 hierarchy.
    package var cgroupIdentifier: UInt64?
    /// Its first process, in the monitor's PID namespace: the one that has run longest, not one that was let in later.
    package var process: Int32?
    /// When that process began.
    package var started: Timestamp?
    /// The network namespace that process is in.
    package var namespace: NetworkNamespace?

    package init(identifier: String) {
        self.identifier = identifier
    }

    /// Whether it belongs to a pod, or to a runtime that runs little else.
    package var isOfPod: Bool { podIdentifier != nil || runtime == .containerd || runtime == .crio }
}
