/// What runs somewhere, whichever container does it at the time: what a profile is of.
///
/// A container that is no part of a pod is its image and the labels that say what it is for. Of the image the name alone counts: with tag or
/// digest every release would be somebody new, whom nobody watches while he is learned anew. The containers of a pod share its network,
/// so that no packet tells which of them sent it: a pod is its namespace and its labels, or, where none says what it is, the name its
/// controller gave it without what tells its pods apart. Whoever cannot be described is the network he is in.
package struct Workload: Hashable, Sendable {
    /// Without tag and digest.
    package var image: String?
    /// Of Kubernetes or podman.
    package var namespace: String?
    /// What the names of a controller's pods begin with.
    package var pod: String?
    /// In the order of `labelKeys`.
    package var labels: [Label] = []
    /// The layer-2 network, or the block of addresses, of what is not described.
    package var segment: String?

    package init() {}

    /// A label that says what a container is for.
    package struct Label: Hashable, Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// Labels that say what a container is for, and are the same for all its like. What says which of them it is, is none.
    package static var labelKeys: [String] {
        [
            "com.docker.compose.project", "com.docker.compose.service",
            "com.docker.stack.namespace", "com.docker.swarm.service.name",
            "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component",
            "k8s-app", "app", "component", "tier", "role", "portolan.role",
        ]
    }

    /// The value of a label.
    package func label(_ key: String) -> String? { labels.first { $0.key == key }?.value }
}

extension Workload: Comparable {
    private var parts: [String] {
        [segment ?? "", namespace ?? "", image ?? "", pod ?? ""] + labels.flatMap { [$0.key, $0.value] }
    }

    /// By the bytes of what it is; what is described before what is not.
    package static func < (left: Self, right: Self) -> Bool {
        for (one, other) in zip(left.parts, right.parts) where one != other {
            return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
        return left.parts.count < right.parts.count
    }
}

extension Workload: CustomStringConvertible {
    /// What a sentence calls it: text from outside.
    package var description: String {
        if let segment { return "network \(segment)" }
        let claims = labels.map { "\($0.key)=\($0.value)" }
        let what = [image, pod].compactMap { $0 } + (claims.isEmpty ? [] : ["(\(claims.joined(separator: ", ")))"])
        let place = namespace.map { "\($0)/" } ?? ""
        return place + what.joined(separator: " ")
    }
}
