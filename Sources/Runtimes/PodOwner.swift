/// What made a pod, as far as the labels tell that Kubernetes' controllers put on it; `deployment/cart` as kubectl writes it.
///
/// No runtime is told of a pod's owner. What tells is the label each controller adds and the name it gives the pod; who makes a
/// pod by hand may add the same.
struct PodOwner: CustomStringConvertible {
    let description: String

    /// Nil where labels and name do not fit what a controller does.
    init?(of pod: String?, labels: [String: String]) {
        // The second is what Kubernetes before 1.27 has.
        if let job = labels["batch.kubernetes.io/job-name"] ?? labels["job-name"], !job.isEmpty {
            self.init("job", job[...])
            return
        }
        guard let pod, let dash = pod.lastIndex(of: "-") else { return nil }
        let name = pod[..<dash]
        if labels["statefulset.kubernetes.io/pod-name"] == pod {
            // NAME-ORDINAL
            self.init("statefulset", name)
        } else if let hash = labels["pod-template-hash"], !hash.isEmpty, name.hasSuffix("-" + hash) {
            // NAME-HASH-RANDOM: the replica set NAME-HASH is a deployment's.
            self.init("deployment", name.dropLast(hash.count + 1))
        } else if labels["controller-revision-hash"] != nil, labels["pod-template-generation"] != nil {
            // NAME-RANDOM
            self.init("daemonset", name)
        } else {
            return nil
        }
    }

    private init?(_ kind: String, _ name: Substring) {
        guard !name.isEmpty, name.utf8.count <= RuntimeBounds.word else { return nil }
        description = "\(kind)/\(name)"
    }
}
