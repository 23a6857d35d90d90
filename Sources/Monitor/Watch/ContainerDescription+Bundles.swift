import Containers

/// What a bundle is read for, and what is taken from it.
extension ContainerDescription {
    /// Whether a bundle may tell more: where no runtime has told, and of containerd and CRI-O always. Through the CRI they tell neither
    /// who uses the host's network nor, before Kubernetes 1.29, what the image is called.
    var wantsBundle: Bool { name == nil || runtime == .containerd || runtime == .crio }

    /// What a bundle tells, where a runtime may have told already: the labels in CRI-O's bundles are the container's own, without
    /// those of its pod.
    func beside(_ known: Self) -> Self {
        guard !known.labels.isEmpty else { return self }
        var told = self
        told.labels = [:]
        told.owner = nil
        told.role = nil
        told.creator = nil
        return told
    }
}
