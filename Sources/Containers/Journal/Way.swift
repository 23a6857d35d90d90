package import Addressing

/// Where the way beyond an interface leads, the better known the greater.
package enum Way: Int, Comparable, Sendable {
    case elsewhere
    /// Into an overlay, to other hosts.
    case overlay
    /// To whoever is at the other end of a veth.
    case user

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension IdentityJournal {
    /// Where the way beyond an interface of this host leads, or led at a time.
    package func way(beyond key: InterfaceKey, at time: Timestamp) -> Way {
        if topology.user(behind: key, at: time) != nil { return .user }
        return topology.links[key]?.interface.kind == "vxlan" ? .overlay : .elsewhere
    }

    /// The interfaces of a namespace that are there now, in the order of their index.
    package func interfaces(of namespace: NetworkNamespace) -> [Interface] {
        (topology.shapes[namespace]?.links ?? []).sorted().compactMap {
            topology.links[InterfaceKey(namespace: namespace, index: $0)]?.interface
        }
    }
}

extension IdentityJournal {
    /// The namespace of the monitored host, once it was told.
    package var host: NetworkNamespace? { topology.host }

    /// An interface that is there now.
    package func interface(_ key: InterfaceKey) -> Interface? {
        topology.links[key].flatMap { $0.goneAt == nil ? $0.interface : nil }
    }

    /// The scope that an interface's bare traffic is in.
    package func scope(of key: InterfaceKey) -> ScopeName { topology.scope(of: key) }

    /// The scope of what a namespace routes.
    package func scope(routedIn namespace: NetworkNamespace) -> ScopeName { topology.space(of: namespace) }
}

extension IdentityJournal {
    /// Namespaces whose traffic nothing outside of them shows: hidden overlays, between whose containers on this host frames
    /// pass a bridge inside, and containers on a device, such as macvlan, whose frames the host's own tap does not see.
    ///
    /// Only while somebody is there: who captures in a namespace keeps it alive, and an overlay whose last container has gone
    /// is to go, too.
    package func blindSpots() -> Set<NetworkNamespace> {
        var spots: Set<NetworkNamespace> = []
        for (namespace, shape) in topology.shapes where namespace != topology.host {
            if topology.isOccupied(namespace) {
                if has(shape, in: namespace, "macvlan", "ipvlan") { spots.insert(namespace) }
            } else if topology.hiddenOverlay(in: namespace) != nil, has(shape, in: namespace, "veth") {
                spots.insert(namespace)
            }
        }
        return spots
    }

    /// Whether an interface of one of these kinds is there.
    private func has(_ shape: NamespaceShape, in namespace: NetworkNamespace, _ kinds: String...) -> Bool {
        shape.links.contains { index in
            topology.links[InterfaceKey(namespace: namespace, index: index)]?.interface.kind.map(kinds.contains)
                ?? false
        }
    }
}
