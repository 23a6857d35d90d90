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
    /// Where the way beyond an interface of this host leads.
    package func way(beyond key: InterfaceKey) -> Way {
        if topology.user(behind: key) != nil { return .user }
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
    /// An interface that is there now.
    package func interface(_ key: InterfaceKey) -> Interface? {
        topology.links[key].flatMap { $0.goneAt == nil ? $0.interface : nil }
    }

    /// The scope that an interface's bare traffic is in.
    package func scope(of key: InterfaceKey) -> ScopeName { topology.scope(of: key) }

    /// The scope of what a namespace routes.
    package func scope(routedIn namespace: NetworkNamespace) -> ScopeName { topology.space(of: namespace) }
}
