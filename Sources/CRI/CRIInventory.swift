#if CRI
import Addressing
import Containers
import Runtimes

/// What a runtime's two lists tell together: of each container and each pod's sandbox.
///
/// The labels people write are the pod's; a container's own are only its names. So a container has both, and of two with the
/// same key its own.
struct CRIInventory {
    private(set) var containers: [String: ContainerDescription] = [:]

    /// `keys` are the labels that say whose a container is and what for; `runtime` is what answered.
    init(
        pods: Runtime_V1_ListPodSandboxResponse,
        containers: Runtime_V1_ListContainersResponse,
        keys: LabelKeys,
        runtime: ContainerRuntime?
    ) {
        var labels: [String: [String: String]] = [:]
        var sandboxes: [String: ContainerDescription] = [:]
        for pod in pods.items where isContainerIdentifier(pod.id) {
            labels[pod.id] = pod.labels
            sandboxes[pod.id] = ContainerDescription(pod, keys)
        }
        self.containers = sandboxes
        for container in containers.containers where isContainerIdentifier(container.id) {
            let inherited = labels[container.podSandboxID] ?? [:]
            self.containers[container.id] = ContainerDescription(
                container,
                of: sandboxes[container.podSandboxID],
                labels: inherited.merging(container.labels) { _, own in own },
                keys
            )
        }
        for identifier in self.containers.keys { self.containers[identifier]?.runtime = runtime }
    }
}

extension ContainerDescription {
    /// A pod's sandbox.
    fileprivate init(_ pod: Runtime_V1_PodSandbox, _ keys: LabelKeys) {
        self.init()
        isSandbox = true
        self.pod = Self.word(pod.metadata.name)
        podNamespace = Self.word(pod.metadata.namespace)
        podIdentifier = Self.word(pod.metadata.uid)
        created = Self.moment(pod.createdAt)
        adopt(ownLabels: pod.labels, keys)
    }

    /// A container in a pod.
    fileprivate init(
        _ container: Runtime_V1_Container,
        of sandbox: ContainerDescription?,
        labels: [String: String],
        _ keys: LabelKeys
    ) {
        self.init()
        pod = sandbox?.pod
        podNamespace = sandbox?.podNamespace
        podIdentifier = sandbox?.podIdentifier
        created = Self.moment(container.createdAt)
        networkOf = isContainerIdentifier(container.podSandboxID) ? container.podSandboxID : nil
        // The kubelet hands a digest down, which is no name; the bundle has the name.
        let asked = container.image.userSpecifiedImage
        let image = asked.isEmpty ? container.image.image : asked
        self.image = image.hasPrefix("sha256:") ? nil : Self.word(image)
        adopt(ownLabels: labels, keys)
        name = Self.word(container.metadata.name) ?? name
    }

    /// Takes over labels, but not what they say of the pod where the runtime itself has said it.
    private mutating func adopt(ownLabels labels: [String: String], _ keys: LabelKeys) {
        let known = self
        adopt(labels: labels, keys)
        pod = known.pod ?? pod
        podNamespace = known.podNamespace ?? podNamespace
        podIdentifier = known.podIdentifier ?? podIdentifier
    }

    /// Zero is unknown.
    private static func moment(_ nanoseconds: Int64) -> Timestamp? {
        nanoseconds > 0 ? Timestamp(nanoseconds: nanoseconds) : nil
    }
}
#endif
