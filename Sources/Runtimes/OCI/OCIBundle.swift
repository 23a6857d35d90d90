package import Containers

/// The bundle a container was made from: a folder with `config.json`, which its runtime leaves there while it runs.
///
/// Read without asking any daemon, so it is there when they are not. What it tells was written by the runtime, mostly from what
/// whoever made the container asked for.
package struct OCIBundle: Hashable, Sendable {
    /// Of the container.
    package var identifier: String
    /// The folder, as it was found from here.
    package var path: String
    package var description: ContainerDescription

    /// Reads the bundle in a folder. Nil when there is no `config.json` of at most `RuntimeBounds.bundle` bytes that can be read.
    package init?(path: String, identifier: String, keys: LabelKeys = LabelKeys()) {
        guard let bytes = readFile(path + "/config.json", limit: RuntimeBounds.bundle),
            let configuration = decoded(OCIConfiguration.self, from: bytes, keys)
        else { return nil }
        self.path = path
        self.identifier = identifier
        description = configuration.description
    }

    /// Finds the bundle of a container of which `process` is any process, in `/proc` or what stands in for it.
    ///
    /// Up the tree from there, the first process outside the container's own control group is the one that started it: a containerd
    /// shim or conmon. Only that one is believed; what runs inside might claim anything. Where it tells nothing, the places are tried
    /// where runtimes keep their bundles.
    package static func find(
        identifier: String,
        process: Int32,
        proc: String = "/proc",
        keys: LabelKeys = LabelKeys()
    ) -> OCIBundle? {
        guard isContainerIdentifier(identifier) else { return nil }
        if let starter = ProcessTree(proc: proc, keys: keys).starter(ofContainer: identifier, from: process),
            let bundle = find(identifier: identifier, starter: starter, proc: proc, keys: keys)
        {
            return bundle
        }
        return find(identifier: identifier, root: "", keys: keys)
    }

    /// Finds the bundle of a container through the containerd shim or conmon that started it.
    package static func find(
        identifier: String,
        starter: Int32,
        proc: String = "/proc",
        keys: LabelKeys = LabelKeys()
    ) -> OCIBundle? {
        guard isContainerIdentifier(identifier) else { return nil }
        let tree = ProcessTree(proc: proc, keys: keys)
        return tree.shimBundle(of: identifier, shim: starter) ?? tree.conmonBundle(of: identifier, conmon: starter)
    }

    /// Finds the bundle of a container where runtimes keep them, below `root` (empty: this file system).
    package static func find(identifier: String, root: String, keys: LabelKeys = LabelKeys()) -> OCIBundle? {
        guard isContainerIdentifier(identifier) else { return nil }
        for state in ["/run/containerd", "/run/docker/containerd/daemon", "/run/k3s/containerd"] {
            for namespace in ["k8s.io", "moby", "default"] {
                let path = "\(root)\(state)/io.containerd.runtime.v2.task/\(namespace)/\(identifier)"
                if var bundle = OCIBundle(path: path, identifier: identifier, keys: keys) {
                    bundle.adopt(containerdNamespace: namespace)
                    return bundle
                }
            }
        }
        for storage in ["/run/containers/storage", "/var/lib/containers/storage"] {
            let path = "\(root)\(storage)/overlay-containers/\(identifier)/userdata"
            if let bundle = OCIBundle(path: path, identifier: identifier, keys: keys) { return bundle }
        }
        return nil
    }

    /// Docker keeps its containers in a namespace of containerd's called moby, and says nothing in the bundle.
    mutating func adopt(containerdNamespace namespace: String) {
        description.runtime = namespace == "moby" ? .docker : .containerd
    }
}
