/// The container that a control group's name tells of.
///
/// Names are chosen by whoever makes the group: the host's runtime at the top, and below a container's own group
/// whoever may write there. So what stands in `enclosing` is to be believed more than `identifier` where both are
/// claimed.
package struct CgroupContainer: Hashable, Sendable {
    /// As its runtime gave it: 64 hexadecimal digits, but for containers made by hand (`ctr run … t1`).
    package var identifier: String
    /// Nil when the naming is one that several use.
    package var runtime: ContainerRuntime?
    /// The uid of its Kubernetes pod, with dashes, or the identifier of its podman pod.
    package var podIdentifier: String?
    /// Path of the container's own directory. What lies below belongs to it.
    package var path: String
    /// The containers it runs inside, the outermost first: empty but for Docker in Docker, kind and their like.
    package var enclosing: [String] = []

    package init(identifier: String, path: String) {
        self.identifier = identifier
        self.path = path
    }
}
