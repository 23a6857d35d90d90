/// The layer-2 network an interface is on.
extension Topology {
    /// The bridge that an interface is, or is enslaved to, or else its other end is; nil for none.
    func bridge(of key: InterfaceKey) -> Interface? {
        guard let interface = links[key]?.interface else { return nil }
        if interface.kind == "bridge" { return interface }
        return bridge(over: interface) ?? interface.peer.flatMap { links[$0] }.flatMap { bridge(over: $0.interface) }
    }

    /// Bonds and VRFs have ports, too.
    private func bridge(over interface: Interface) -> Interface? {
        guard let master = interface.masterKey, let found = links[master]?.interface, found.kind == "bridge" else {
            return nil
        }
        return found
    }
}
