import Addressing

/// An interface in the topology, and what of its addresses matters there.
struct Link {
    var interface: Interface
    /// Addresses that one can route for: all but IPv6 link-local ones, which the kernel gives to whatever is up.
    var routable = 0
    /// When it lost the last of them.
    var unaddressedAt: Timestamp?
    /// When it vanished. Kept for as long as what it was tied to may be asked for.
    var goneAt: Timestamp?

    /// Addresses are taken from a device just before the device itself goes: so much may lie between.
    private static var farewell: Int64 { 2_000_000_000 }

    /// Whether its namespace routes for it, or did when it vanished.
    var isRouted: Bool {
        if routable > 0 { return true }
        guard let goneAt, let unaddressedAt else { return false }
        return goneAt.nanoseconds - Self.farewell <= unaddressedAt.nanoseconds
    }
}

extension Interface {
    /// Whether it is the loopback of its namespace: always the first, and nothing made it. netdevice(7).
    package var isLoopback: Bool { key.index == 1 && kind == nil && name == "lo" }

    /// The bridge, bond or VRF it is enslaved to.
    var masterKey: InterfaceKey? {
        guard let master, master != 0 else { return nil }
        return InterfaceKey(namespace: key.namespace, index: master)
    }
}
