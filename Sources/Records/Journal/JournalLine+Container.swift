import Addressing
import Containers

/// Containers, as they are written wherever all is told of one.
extension JournalFields {
    func container() throws(Reason) -> Container {
        let fields = try object("container")
        var container = Container(key: try fields.containerKey())
        container.namespace = try fields.optional("netns", NetworkNamespace.init(json:))
        container.cgroup = try fields.optional("cgroup", String.init(json:))
        container.cgroupIdentifier = try fields.optional("cgroup_id", UInt64.init(json:))
        container.process = try fields.optional("pid", Int32.init(json:))
        container.started = try fields.optional("started", Timestamp.init(json:))
        container.description = try fields.description()
        return container
    }

    private func description() throws(Reason) -> ContainerDescription {
        var description = ContainerDescription()
        // A runtime that is not known here is as good as none.
        description.runtime = try optional("runtime", String.init(json:)).flatMap(ContainerRuntime.init)
        description.name = try optional("name", String.init(json:))
        description.image = try object("image").optional("name", String.init(json:))
        description.labels = try object("labels").texts()
        description.pod = try optional("pod", String.init(json:))
        description.podNamespace = try optional("namespace", String.init(json:))
        description.podIdentifier = try optional("pod_id", String.init(json:))
        description.created = try optional("created", Timestamp.init(json:))
        description.creator = try optional("creator", String.init(json:))
        description.owner = try optional("owner", String.init(json:))
        description.role = try optional("role", String.init(json:))
        description.isSandbox = try optional("sandbox", Bool.init(json:)) ?? false
        description.networkOf = try optional("network_of", String.init(json:))
        // None is written as nothing at all.
        description.networks = try optional("networks", [String].init(json:)).flatMap { $0.isEmpty ? nil : $0 }
        description.published = try list("published") { port throws(Reason) in
            PublishedPort(
                protocolNumber: try port.required("iana_number", UInt8.init(json:)),
                address: try port.required("ip", IPAddress.init(json:)),
                port: try port.required("port", UInt16.init(json:)),
                containerPort: try port.required("container_port", UInt16.init(json:))
            )
        }
        description.usesHostNetwork = try optional("host_network", Bool.init(json:)) ?? false
        return description
    }
}

/// Lines of the scope map.
extension JournalLine {
    func scopeAssignment() throws(Reason) -> ScopeAssignment {
        let place: ScopeAssignment.Place
        if fields["segment"] != nil {
            place = .segment(try fields.object("segment").required("id", UInt32.init(json:)))
        } else {
            place = .interface(try fields.object("interface").interfaceKey())
        }
        return ScopeAssignment(place: place, scope: try scope(try fields.object("scope")))
    }

    private func scope(_ fields: JournalFields) throws(Reason) -> ScopeName {
        switch try fields.required("kind", ScopeWord.init(json:)) {
        case .bare: return .bare
        case .segment:
            return .segment(
                identifier: try fields.required("id", UInt32.init(json:)),
                vlan: try fields.optional("vlan", UInt32.init(json:)) ?? 0
            )
        case .vlan: return .vlan(try fields.required("vlan", UInt32.init(json:)))
        case .namespace: return .namespace(try fields.namespace())
        case .device: return .device(try fields.interfaceKey())
        }
    }
}

/// The value of `scope.kind`.
private enum ScopeWord: String {
    case bare, segment, vlan, namespace, device

    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self.init(rawValue: text)
    }
}
