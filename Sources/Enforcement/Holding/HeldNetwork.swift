package import Addressing
package import Containers

/// A bridge on which packets of devices that are not known yet are held, and its ports.
package struct HeldNetwork: Hashable, Sendable {
    package var bridge: Interface
    /// In the order of their numbers.
    package var ports: [NetworkPort] = []
}

/// A device in a bridge, and who is behind it.
package struct NetworkPort: Hashable, Sendable {
    package var device: Interface
    package var bridge: Interface
    /// Where its other end is, if that is known and is no bridge's namespace of its own.
    package var place: NamespaceInventory?

    /// What is known of who is behind it.
    package enum Acquaintance: Hashable, Sendable {
        /// A device that is never a container's: hardware, a vxlan device.
        case notOfContainers
        /// No container is known there.
        case nobody
        /// Only what holds a pod's namespaces runs, and sends nothing by itself.
        case sandboxOnly
        /// Its interface has no address, so that nobody's level can go by one.
        case noAddress
        /// Its runtime has not told of it, and something here goes by names, images or labels.
        case notDescribed
        case known
    }

    /// `needsDescription` where something that is to stand goes by what only a runtime tells.
    package func acquaintance(needsDescription: Bool) -> Acquaintance {
        guard let kind = device.kind, Self.kinds.contains(kind) else { return .notOfContainers }
        guard let place, !place.containers.isEmpty else { return .nobody }
        let workers = place.containers.map(\.container).filter { !$0.description.isSandbox }
        guard !workers.isEmpty else { return .sandboxOnly }
        let own = place.interfaces.first { $0.peer?.key == device.key }
        guard own?.addresses.contains(where: { !$0.isOfLink }) ?? false else { return .noAddress }
        guard !needsDescription || workers.allSatisfy(\.isDescribed) else { return .notDescribed }
        return .known
    }

    /// Kinds of devices that may lead to a container, or to a virtual machine with one in it. rtnetlink(7), IFLA_INFO_KIND
    private static let kinds: Set<String> = ["veth", "netkit", "tun", "macvtap"]
}

extension Container {
    fileprivate var isDescribed: Bool { description.name != nil || description.image != nil }
}

extension Inventory {
    /// Bridges that one of some patterns means, by their names or by the numbers of their overlays: as a policy names segments. Their own
    /// namespace is that of their key.
    package func networks(_ patterns: [NamePattern]) -> [HeldNetwork] {
        guard !patterns.isEmpty else { return [] }
        var places: [InterfaceKey: NamespaceInventory] = [:]
        for place in namespaces {
            for interface in place.interfaces {
                if let peer = interface.peer, peer.key.namespace != interface.interface.key.namespace {
                    places[peer.key] = place
                }
            }
        }
        return bridges.filter { bridge in
            patterns.contains { pattern in
                pattern.matches(bridge.interface.name) || pattern.matches(bridge.networkIdentifier.map { "\($0)" })
            }
        }.map { bridge in
            let ports = ports(of: bridge.interface.key).map {
                NetworkPort(device: $0, bridge: bridge.interface, place: places[$0.key])
            }
            return HeldNetwork(bridge: bridge.interface, ports: ports)
        }
    }

    /// All bridges.
    private var bridges: [InterfaceInventory] {
        namespaces.flatMap { place in place.interfaces.filter { $0.interface.kind == "bridge" } }
    }

    private func ports(of bridge: InterfaceKey) -> [Interface] {
        namespaces.filter { $0.namespace == bridge.namespace }.flatMap(\.interfaces).map(\.interface)
            .filter { $0.master == bridge.index && $0.key.namespace == bridge.namespace }
    }

    /// Numbers of the ports of all other bridges in a namespace.
    package func ports(in namespace: NetworkNamespace, except held: Set<InterfaceKey>) -> Set<UInt32> {
        let others = bridges.map(\.interface.key).filter { $0.namespace == namespace && !held.contains($0) }
        let numbers = Set(others.map(\.index))
        let interfaces = namespaces.filter { $0.namespace == namespace }.flatMap(\.interfaces).map(\.interface)
        return Set(interfaces.filter { $0.master.map(numbers.contains) ?? false }.map(\.key.index))
    }
}
