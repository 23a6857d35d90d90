import Addressing

/// Which scope an interface's bare traffic belongs to.
extension Topology {
    /// The most steps from an interface to where its scope is decided: over its bridge, its peer, that one's bridge and so on.
    private static var steps: Int { 12 }

    /// The scope of what passes an interface in no tunnel and no VLAN.
    func scope(of key: InterfaceKey) -> ScopeName {
        scopes.scope(of: key, orElse: derivedScope)
    }

    /// The same, worked out.
    ///
    /// A bridge or vxlan device that has an address belongs, with all that is enslaved to it, to the space that its namespace
    /// routes for; without one a bridge is a space of its own, named by the VNI of the vxlan device enslaved to it. The end of a
    /// veth belongs where its carrying end does.
    private func derivedScope(of key: InterfaceKey) -> ScopeName {
        var key = key
        for _ in 0..<Self.steps {
            guard let link = links[key] else { break }
            let interface = link.interface
            if let master = interface.masterKey {
                if links[master]?.interface.kind == "vrf" { return .device(master) }
                key = master
                continue
            }
            switch interface.kind {
            case "vrf": return .device(key)
            case "bridge" where !link.isRouted: return overlay(enslavedTo: key) ?? .device(key)
            case "vxlan" where !link.isRouted:
                if let segment = Self.segment(of: interface) { return segment }
            case "veth", "macvlan", "macvtap", "ipvlan":
                if let carrier = carrier(of: interface) {
                    key = carrier
                    continue
                }
            default:
                if interface.isLoopback { return key.namespace == host ? .bare : .namespace(key.namespace) }
            }
            break
        }
        return space(of: key.namespace)
    }

    /// The scope of what a VNI's tunnels carry; nil where no device of this host, or several that disagree, decide.
    func scope(ofSegment identifier: UInt32, among overlays: [InterfaceKey]) -> ScopeName? {
        var found: ScopeName?
        for key in overlays where links[key]?.interface.networkIdentifier == identifier {
            let scope = scope(of: key)
            if let found, found != scope { return nil }
            found = scope
        }
        return found
    }

    /// The space that a namespace routes for.
    func space(of namespace: NetworkNamespace) -> ScopeName {
        if namespace == host { return .bare }
        return hiddenOverlay(in: namespace) ?? .namespace(namespace)
    }

    /// The segment of a namespace that is nothing but an overlay's: no container, and a bridge with a vxlan device. Swarm
    /// makes such. Where it routes between several, the lowest VNI names them all.
    func hiddenOverlay(in namespace: NetworkNamespace) -> ScopeName? {
        guard namespace != host, !isOccupied(namespace), let shape = shapes[namespace] else { return nil }
        var lowest: UInt32?
        for index in shape.overlays {
            guard let interface = links[InterfaceKey(namespace: namespace, index: index)]?.interface,
                let master = interface.masterKey, links[master]?.interface.kind == "bridge",
                let identifier = interface.networkIdentifier, identifier != 0
            else { continue }
            lowest = min(identifier, lowest ?? .max)
        }
        return lowest.map { .segment(identifier: $0, vlan: 0) }
    }

    private func overlay(enslavedTo bridge: InterfaceKey) -> ScopeName? {
        for index in shapes[bridge.namespace]?.overlays ?? [] {
            guard let interface = links[InterfaceKey(namespace: bridge.namespace, index: index)]?.interface,
                interface.masterKey == bridge, let segment = Self.segment(of: interface)
            else { continue }
            return segment
        }
        return nil
    }

    /// A device that takes its VNI from elsewhere, as eBPF networks use it, has none or 0.
    private static func segment(of interface: Interface) -> ScopeName? {
        guard let identifier = interface.networkIdentifier, identifier != 0 else { return nil }
        return .segment(identifier: identifier, vlan: 0)
    }
}
