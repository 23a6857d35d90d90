package import Addressing

/// One run of a container: restarted, the same identifier is another generation.
package struct ContainerKey: Hashable, Comparable, Sendable {
    /// As the runtime gave it: 64 hexadecimal digits, mostly.
    package var identifier: String
    /// Counts the runs this journal has seen, from 1.
    package var generation: UInt32

    package init(identifier: String, generation: UInt32) {
        self.identifier = identifier
        self.generation = generation
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.identifier != right.identifier
            ? left.identifier < right.identifier : left.generation < right.generation
    }
}

/// What is known of one run of a container. The kernel tells the first part, its runtime the second, mostly later.
package struct Container: Hashable, Sendable {
    package var key: ContainerKey

    /// The network namespace its processes are in.
    package var namespace: NetworkNamespace?
    /// Path of its control group below the hierarchy's root.
    package var cgroup: String?
    /// The inode number of that control group in the v2 hierarchy: what sock_diag calls the cgroup of a socket.
    package var cgroupIdentifier: UInt64?
    /// Its first process, in the monitor's PID namespace.
    package var process: Int32?
    /// When that process began.
    package var started: Timestamp?

    /// What is known of it from elsewhere.
    package var description: ContainerDescription {
        get { told.value }
        set { told = SharedDescription.of(newValue) }
    }
    private var told = SharedDescription.none

    /// Whether the same is known of both from elsewhere. Where they share it, nothing is compared.
    package func isDescribed(as other: Self) -> Bool { told == other.told }

    package init(key: ContainerKey) {
        self.key = key
    }
}

/// What a runtime, an OCI bundle or a control group's name tells of a container. Nil is not known.
package struct ContainerDescription: Hashable, Sendable {
    package var runtime: ContainerRuntime?
    /// Without Docker's leading slash.
    package var name: String?
    /// The name of the image, as it was asked for.
    package var image: String?
    package var labels: [String: String] = [:]
    /// Of Kubernetes or podman.
    package var pod: String?
    package var podNamespace: String?
    package var podIdentifier: String?
    /// When it was made.
    package var created: Timestamp?
    /// What made it: `project/service` of compose, a swarm service, a systemd unit, `deployment/NAME` and the like of a pod.
    package var creator: String?
    /// Who answers for it, and what it is for, as its labels claim; `LabelKeys` has which.
    package var owner: String?
    package var role: String?
    /// Whether it only holds a pod's namespaces: a pause container.
    package var isSandbox = false
    /// The container whose network namespace it was told to use (`--network container:X`).
    package var networkOf: String?
    /// Whether it uses the host's network namespace, as far as its runtime says.
    package var usesHostNetwork = false
    /// Names of the runtime's networks it is attached to, in order.
    package var networks: [String]?
    /// Ports of the host that lead to it, in order.
    package var published: [PublishedPort]?

    package init() {}

    /// Takes over what `other` knows and this does not, or what `other` knows better, being newer.
    package mutating func merge(_ other: Self) {
        runtime = other.runtime ?? runtime
        name = other.name ?? name
        image = other.image ?? image
        if !other.labels.isEmpty { labels = other.labels }
        pod = other.pod ?? pod
        podNamespace = other.podNamespace ?? podNamespace
        podIdentifier = other.podIdentifier ?? podIdentifier
        created = other.created ?? created
        creator = other.creator ?? creator
        owner = other.owner ?? owner
        role = other.role ?? role
        isSandbox = isSandbox || other.isSandbox
        networkOf = other.networkOf ?? networkOf
        usesHostNetwork = usesHostNetwork || other.usesHostNetwork
        networks = other.networks ?? networks
        published = other.published ?? published
    }
}

/// What runs containers.
package enum ContainerRuntime: String, Hashable, Sendable, CaseIterable {
    case docker, containerd, podman
    case crio = "cri-o"
}
