import Addressing
import Containers

/// Containers, and lines of the scope map.
extension JournalLine {
    func container() throws(Reason) -> Container {
        var container = Container(key: try containerKey())
        container.namespace = try optional("container.netns", NetworkNamespace.init(json:))
        container.cgroup = try optional("container.cgroup", String.init(json:))
        container.cgroupIdentifier = try optional("container.cgroup_id", UInt64.init(json:))
        container.process = try optional("container.pid", Int32.init(json:))
        container.description = try description()
        return container
    }

    private func description() throws(Reason) -> ContainerDescription {
        var description = ContainerDescription()
        // A runtime that is not known here is as good as none.
        description.runtime = try optional("container.runtime", String.init(json:)).flatMap(ContainerRuntime.init)
        description.name = try optional("container.name", String.init(json:))
        description.image = try optional("container.image.name", String.init(json:))
        description.labels = try labels()
        description.pod = try optional("container.pod", String.init(json:))
        description.podNamespace = try optional("container.namespace", String.init(json:))
        description.podIdentifier = try optional("container.pod_id", String.init(json:))
        description.created = try optional("container.created", Timestamp.init(json:))
        description.creator = try optional("container.creator", String.init(json:))
        description.isSandbox = try optional("container.sandbox", Bool.init(json:)) ?? false
        description.networkOf = try optional("container.network_of", String.init(json:))
        description.usesHostNetwork = try optional("container.host_network", Bool.init(json:)) ?? false
        return description
    }

    private func labels() throws(Reason) -> [String: String] {
        guard let value = value("container.labels") else { return [:] }
        guard case .object(let fields) = value else { throw .wrong("container.labels") }
        var labels: [String: String] = [:]
        for (name, field) in fields {
            guard case .string(let text) = field else { throw .wrong("container.labels") }
            labels[name] = text
        }
        return labels
    }

    func scopeAssignment() throws(Reason) -> ScopeAssignment {
        let place: ScopeAssignment.Place
        if value("segment") != nil {
            place = .segment(try required("segment.id", UInt32.init(json:)))
        } else {
            place = .interface(try interfaceKey("interface"))
        }
        return ScopeAssignment(place: place, scope: try scope())
    }

    private func scope() throws(Reason) -> ScopeName {
        switch try required("scope.kind", String.init(json:)) {
        case "bare": return .bare
        case "segment":
            return .segment(
                identifier: try required("scope.id", UInt32.init(json:)),
                vlan: try optional("scope.vlan", UInt32.init(json:)) ?? 0
            )
        case "vlan": return .vlan(try required("scope.vlan", UInt32.init(json:)))
        case "namespace": return .namespace(try namespace("scope.netns"))
        case "device": return .device(try interfaceKey("scope"))
        default: throw .wrong("scope.kind")
        }
    }
}
