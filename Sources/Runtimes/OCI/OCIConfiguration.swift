import Addressing
package import Containers

/// What an OCI bundle's `config.json` tells of its container: mostly annotations that the runtime above left there.
///
/// OCI runtime specification, config.md; containerd's and CRI-O's own names for pods; `io.container.manager` tells podman from CRI-O.
package struct OCIConfiguration: Decodable, Hashable, Sendable {
    package let description: ContainerDescription

    private enum Key: String, CodingKey {
        case annotations, linux
    }

    private struct Linux: Decodable {
        let namespaces: [Namespace]?

        private enum Key: String, CodingKey {
            case namespaces
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            namespaces = container.maybe(.namespaces, as: TolerantList<Namespace>.self)?.elements
        }
    }

    private struct Namespace: Decodable {
        let type: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let annotations = container.maybe(.annotations, as: StringMap.self)?.values ?? [:]
        var told = ContainerDescription()
        told.adopt(containerd: annotations)
        told.adopt(crio: annotations, decoder.labelKeys)
        if told.runtime == nil, annotations.keys.contains(where: { $0.hasPrefix("io.podman.annotations.") }) {
            told.runtime = .podman
        }
        // Who makes no network namespace for a container leaves it in the host's. Docker names the host's instead.
        if let namespaces = container.maybe(.linux, as: Linux.self)?.namespaces,
            !namespaces.contains(where: { $0.type == "network" })
        {
            told.usesHostNetwork = true
        }
        description = told
    }
}

extension ContainerDescription {
    /// What containerd's CRI plugin says: `io.kubernetes.cri.…`.
    fileprivate mutating func adopt(containerd annotations: [String: String]) {
        func word(_ name: String) -> String? { Self.word(annotations["io.kubernetes.cri." + name]) }
        guard let type = word("container-type") else { return }
        runtime = .containerd
        isSandbox = type == "sandbox"
        pod = word("sandbox-name")
        podNamespace = word("sandbox-namespace")
        podIdentifier = word("sandbox-uid")
        name = word("container-name")
        image = word("image-name")
        if !isSandbox { networkOf = word("sandbox-id") }
    }

    /// What CRI-O says, and podman with some of its words: `io.kubernetes.cri-o.…`.
    fileprivate mutating func adopt(crio annotations: [String: String], _ keys: LabelKeys) {
        func word(_ name: String) -> String? { Self.word(annotations["io.kubernetes.cri-o." + name]) }
        let manager = annotations["io.container.manager"]
        let type = word("ContainerType")
        guard type != nil || manager != nil else { return }
        runtime = manager == "libpod" ? .podman : .crio
        isSandbox = type == "sandbox"
        created = word("Created").flatMap(Timestamp.init(rfc3339:))
        image = word("ImageName") ?? word("Image")
        if !isSandbox { networkOf = word("SandboxID") }
        guard runtime == .crio else { return }
        // What the kubelet called them, as labels of the container; where there are none, CRI-O's own.
        name = word("Name")
        podNamespace = word("Namespace")
        if isSandbox { pod = word("KubeName") }
        let labels = annotations["io.kubernetes.cri-o.Labels"].flatMap { decoded(StringMap.self, from: Array($0.utf8)) }
        let own = annotations.filter {
            $0.key.hasPrefix("io.kubernetes.pod.") || $0.key == "io.kubernetes.container.name"
        }
        adopt(labels: (labels?.values ?? [:]).merging(own) { label, _ in label }, keys)
        if labels == nil { self.labels = [:] }
        if annotations["io.kubernetes.cri-o.HostNetwork"] == "true" { usesHostNetwork = true }
    }
}
