import Addressing
import Containers

/// A container, and a line of the scope map.
extension JSONBuffer {
    mutating func write(_ key: ContainerKey) {
        pair("id", key.identifier)
        pair("generation", key.generation)
    }

    mutating func write(_ container: Container) {
        let object = beginObject("container")
        write(container.key)
        pair("netns", container.namespace)
        pair("cgroup", container.cgroup)
        pair("cgroup_id", container.cgroupIdentifier)
        pair("pid", container.process)
        pair("started", container.started, digits: 9)
        write(container.description)
        end(object)
    }

    private mutating func write(_ description: ContainerDescription) {
        pair("runtime", description.runtime?.rawValue)
        pair("name", description.name)
        let image = beginObject("image")
        pair("name", description.image)
        end(image)
        let labels = beginObject("labels")
        for (name, text) in description.labels.sorted(by: { $0.key < $1.key }) {
            key(escaping: name)
            value(text)
        }
        end(labels)
        pair("pod", description.pod)
        pair("namespace", description.podNamespace)
        pair("pod_id", description.podIdentifier)
        pair("created", description.created, digits: 9)
        pair("creator", description.creator)
        pair("owner", description.owner)
        pair("role", description.role)
        if description.isSandbox { pair("sandbox", true) }
        pair("network_of", description.networkOf)
        let networks = beginArray("networks")
        for name in description.networks ?? [] { value(name) }
        end(networks)
        let published = beginArray("published")
        for port in description.published ?? [] {
            let object = beginElement()
            pair("iana_number", port.protocolNumber)
            pair("ip", port.address)
            pair("port", port.port)
            pair("container_port", port.containerPort)
            end(object)
        }
        end(published)
        if description.usesHostNetwork { pair("host_network", true) }
    }

    mutating func write(_ assignment: ScopeAssignment) {
        switch assignment.place {
        case .interface(let place):
            let object = beginObject("interface")
            pair("ifindex", place.index)
            pair("netns", place.namespace)
            end(object)
        case .segment(let identifier):
            let object = beginObject("segment")
            pair("id", identifier)
            end(object)
        }
        let object = beginObject("scope")
        switch assignment.scope {
        case .bare: pair("kind", "bare")
        case .segment(let identifier, let vlan):
            pair("kind", "segment")
            pair("id", identifier)
            if vlan != 0 { pair("vlan", vlan) }
        case .vlan(let vlan):
            pair("kind", "vlan")
            pair("vlan", vlan)
        case .namespace(let namespace):
            pair("kind", "namespace")
            pair("netns", namespace)
        case .device(let device):
            pair("kind", "device")
            pair("ifindex", device.index)
            pair("netns", device.namespace)
        }
        end(object)
    }
}
