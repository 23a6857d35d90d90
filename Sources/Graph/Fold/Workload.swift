import Containers

/// What an end does for whom, as far as its container tells: what services, roles and namespaces are made of.
struct Workload {
    /// A compose project, a swarm stack, or the namespace of a pod.
    private(set) var namespace: String?
    /// What replicas have in common; nil where nothing tells.
    private(set) var service: String?
    /// What tells it from another service of that name in that namespace.
    private(set) var kind: String?
    /// The repository of its image. That of a sandbox says nothing.
    let image: String?

    init(_ container: Container?, name: String?) {
        let known = container?.description ?? ContainerDescription()
        image = known.isSandbox ? nil : known.image.flatMap(ImageName.repository)
        namespace = known.podNamespace.flatMap(Self.word)
        if known.pod == nil, let (project, service) = Self.compose(known) {
            self.namespace = project
            if let service {
                self.service = service
                return
            }
        } else if let creator = known.creator.flatMap(Self.word) {
            (kind, service) = known.pod == nil ? (nil, Self.unit(creator)) : Self.owner(creator)
            if let stack = known.labels["com.docker.stack.namespace"].flatMap(Self.word) {
                namespace = stack
                if creator.hasPrefix(stack + "_") { service = Self.word(String(creator.dropFirst(stack.count + 1))) }
            }
            if service != nil { return }
        }
        service = (known.pod ?? known.name ?? name).flatMap(ReplicaName.base)
        // Names of that kind are chosen freely, so another image is another service.
        if known.pod == nil { kind = image }
        if service == nil { service = image.map(ImageName.short) }
    }

    private static func word(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func compose(_ known: ContainerDescription) -> (project: String, service: String?)? {
        for tool in ["com.docker.compose", "io.podman.compose"] {
            guard let project = known.labels["\(tool).project"].flatMap(word) else { continue }
            return (project, known.labels["\(tool).service"].flatMap(word))
        }
        // Labels may have been left out for want of room.
        guard let creator = known.creator, let slash = creator.firstIndex(of: "/") else { return nil }
        let (project, service) = (String(creator[..<slash]), String(creator[creator.index(after: slash)...]))
        return project.isEmpty || service.isEmpty ? nil : (project, service)
    }

    /// `deployment/cart`: the jobs of a cron job have its name and a number.
    private static func owner(_ creator: String) -> (kind: String?, name: String?) {
        guard let slash = creator.firstIndex(of: "/") else { return (nil, unit(creator)) }
        let (kind, name) = (String(creator[..<slash]), String(creator[creator.index(after: slash)...]))
        guard kind == "job", let dash = name.lastIndex(of: "-"), dash > name.startIndex,
            name[name.index(after: dash)...].allSatisfy({ $0.isASCII && $0.isNumber })
        else { return (kind, word(name)) }
        return (kind, String(name[..<dash]))
    }

    /// `web@2.service` of systemd is a `web`; other names stay as they are.
    private static func unit(_ creator: String) -> String? {
        guard creator.hasSuffix(".service") else { return creator }
        let name = creator.dropLast(8)
        return word(String(name.firstIndex(of: "@").map { name[..<$0] } ?? name))
    }
}
