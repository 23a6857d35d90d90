package import Containers

extension ContainerDescription {
    /// Takes over labels, within `RuntimeBounds`, and what they say of pod, creator, owner and role.
    ///
    /// Kubernetes' own names of a container and its pod win over the long ones that the runtime made of them. Owner and role are
    /// found before labels are left out for want of room, so that an image with many labels cannot hide them.
    package mutating func adopt(labels all: [String: String], _ keys: LabelKeys) {
        let isPaused = all["io.kubernetes.docker.type"] == "podsandbox" || all["io.cri-containerd.kind"] == "sandbox"
        isSandbox = isSandbox || isPaused
        pod = Self.word(all["io.kubernetes.pod.name"]) ?? pod
        podNamespace = Self.word(all["io.kubernetes.pod.namespace"]) ?? podNamespace
        podIdentifier = Self.word(all["io.kubernetes.pod.uid"]) ?? podIdentifier
        if !isSandbox, let called = Self.word(all["io.kubernetes.container.name"]) { name = called }
        creator = Self.creator(in: all) ?? PodOwner(of: pod, labels: all)?.description ?? creator
        owner = Self.first(of: keys.owner, in: all) ?? owner
        role = Self.first(of: keys.role, in: all) ?? role
        labels = Self.bounded(all)
    }

    /// A name, image or other word as it is kept: cut at `RuntimeBounds.word` bytes; an empty one is none.
    package static func word(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count > RuntimeBounds.word else { return text }
        // A character that is cut in half becomes a replacement character.
        return String(decoding: text.utf8.prefix(RuntimeBounds.word), as: UTF8.self)
    }

    /// What stands in the first of some labels that is there and not empty.
    private static func first(of keys: [String], in labels: [String: String]) -> String? {
        for key in keys {
            if let text = word(labels[key]) { return text }
        }
        return nil
    }

    /// What made the container: `project/service` of Docker's or podman's compose, a swarm service, a systemd unit.
    private static func creator(in labels: [String: String]) -> String? {
        for tool in ["com.docker.compose", "io.podman.compose"] {
            guard let project = word(labels["\(tool).project"]) else { continue }
            return word(labels["\(tool).service"]).map { "\(project)/\($0)" } ?? project
        }
        return word(labels["com.docker.swarm.service.name"]) ?? word(labels["PODMAN_SYSTEMD_UNIT"])
    }

    private static func bounded(_ all: [String: String]) -> [String: String] {
        if all.count <= RuntimeBounds.labels {
            // What nearly all containers have: nothing to leave out, and no order to find.
            let sizes = all.map { $0.key.utf8.count + $0.value.utf8.count }
            if sizes.allSatisfy({ $0 <= RuntimeBounds.label }), sizes.reduce(0, +) <= RuntimeBounds.allLabels {
                return all
            }
        }
        var kept: [String: String] = [:]
        var left = RuntimeBounds.allLabels
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            let size = key.utf8.count + value.utf8.count
            guard size <= RuntimeBounds.label, size <= left else { continue }
            guard kept.count < RuntimeBounds.labels else { break }
            kept[key] = value
            left -= size
        }
        return kept
    }
}
