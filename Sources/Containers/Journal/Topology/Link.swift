import Addressing

/// An interface in the topology, and what of its addresses matters there.
struct Link {
    var interface: Interface
    /// When it was first told of.
    let since: Timestamp
    /// Addresses that one can route for: all but IPv6 link-local ones, which the kernel gives to whatever is up.
    var routable = 0
    /// When it lost the last of them.
    var unaddressedAt: Timestamp?
    /// When it vanished. Kept for as long as what it was tied to may be asked for.
    var goneAt: Timestamp?
    /// When the kernel ceased to name the other end of a veth, which `interface` keeps: as a container goes, the host's end loses
    /// its peer some milliseconds before it goes too, and packets from before that are still to be told of.
    var partedAt: Timestamp?
    /// Since when it has had addresses, by what an end must have one of its own of before a strange one is a forgery.
    var addressed = AddressedSince()

    /// Whether the other end it has is one that the kernel still names, or did at a time.
    func isTied(at time: Timestamp?) -> Bool {
        guard let partedAt else { return true }
        return time.map { $0 < partedAt } ?? false
    }

    /// While it was there and tied to its other end.
    var life: Life {
        guard let partedAt, let goneAt else { return Life(from: since, until: partedAt ?? goneAt) }
        return Life(from: since, until: min(partedAt, goneAt))
    }

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
