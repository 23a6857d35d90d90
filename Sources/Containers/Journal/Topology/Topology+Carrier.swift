import Addressing

/// Which end of a pair of interfaces belongs to a network, and which to whoever uses it.
extension Topology {
    /// The interface that carries another one's traffic into a network: a veth's peer on the network's side, or what a
    /// macvlan stands on. Nil where the interface itself is on that side, or nothing is known.
    func carrier(of interface: Interface) -> InterfaceKey? {
        guard let peer = interface.peer, peer.namespace != interface.key.namespace else { return nil }
        if interface.kind != "veth" { return peer }
        return carries(peer, over: interface) ? peer : nil
    }

    /// Whether `peer`'s side is the network's.
    ///
    /// A bridge decides, one's own first; then the host's namespace; then the namespace with more interfaces, as that of a node that is a
    /// container itself has more than its pods have.
    private func carries(_ peer: InterfaceKey, over interface: Interface) -> Bool {
        if interface.masterKey != nil { return false }
        if links[peer]?.interface.masterKey != nil { return true }
        let near = interface.key.namespace
        if near == host { return false }
        if peer.namespace == host { return true }
        let count = shapes[near]?.links.count ?? 0
        let others = shapes[peer.namespace]?.links.count ?? 0
        return count != others ? others > count : peer < interface.key
    }

    /// The namespace of whoever uses a network through this interface of it, or did at a time: that of its veth's other end. Nil
    /// when the interface is no veth, or is itself the user's end.
    func user(behind key: InterfaceKey, at time: Timestamp? = nil) -> NetworkNamespace? {
        guard let link = links[key], link.isTied(at: time) else { return nil }
        let interface = link.interface
        guard interface.kind == "veth",
            let peer = interface.peer, peer.namespace != key.namespace, peer.namespace != host,
            carrier(of: interface) == nil
        else { return nil }
        return peer.namespace
    }

    /// Whether a namespace passes on what others send: it has a bridge or a tunnel, or carries other namespaces.
    func relays(_ namespace: NetworkNamespace) -> Bool {
        guard let shape = shapes[namespace] else { return false }
        return shape.relays > 0
            || shape.links.contains { user(behind: InterfaceKey(namespace: namespace, index: $0)) != nil }
    }

    /// Whether `inner` reaches the rest only through `outer`: one of its interfaces is carried there, perhaps in steps.
    func isBehind(_ inner: InterfaceKey, _ outer: NetworkNamespace) -> Bool {
        var key = inner
        for _ in 0..<4 {
            guard let interface = links[key]?.interface, let carrier = carrier(of: interface) else { return false }
            if carrier.namespace == outer { return true }
            // On from there by the one way out that a node has.
            let links = shapes[carrier.namespace]?.links ?? []
            guard
                let next = links.lazy.map({ InterfaceKey(namespace: carrier.namespace, index: $0) })
                    .first(where: { self.links[$0].map { self.carrier(of: $0.interface) != nil } ?? false })
            else { return false }
            key = next
        }
        return false
    }

    /// Whether an interface of the host's leads to other machines: hardware, the end of a wire whose other end is not here, or
    /// what stands on such or has it as a port.
    func leadsOut(_ key: InterfaceKey) -> Bool { leadsOut(key, steps: 4) }

    private func leadsOut(_ key: InterfaceKey, steps: Int) -> Bool {
        guard steps > 0, key.namespace == host, let interface = links[key]?.interface else { return false }
        switch interface.kind {
        case nil: return !interface.isLoopback
        case "veth": return interface.peer == nil
        case "bridge", "bond", "team":
            return (shapes[key.namespace]?.links ?? []).contains { index in
                let port = InterfaceKey(namespace: key.namespace, index: index)
                return links[port]?.interface.masterKey == key && leadsOut(port, steps: steps - 1)
            }
        case "vlan", "macvlan", "macvtap", "ipvlan":
            return interface.peer.map { leadsOut($0, steps: steps - 1) } ?? false
        default: return false
        }
    }
}
