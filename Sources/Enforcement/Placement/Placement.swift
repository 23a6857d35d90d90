package import Containers

/// Where a block is placed, and what that covers and leaves open, in words.
package struct Placement: Hashable, Sendable {
    /// In an order of their own, none twice.
    package var places: [Place] = []
    /// Whoever is stopped by it: more than one where a network namespace is shared.
    package var members: [Container] = []
    package var covered: Set<TrafficPath> = []
    /// What it leaves open, and why; each a sentence without a full stop.
    package var gaps: [PlacementGap] = []

    package init() {}

    /// Whether it stops anything at all.
    package var isEmpty: Bool { places.isEmpty }
}

/// Something that a placement leaves open or that can undo it.
package enum PlacementGap: Hashable, Sendable {
    case notRunning(ContainerKey)
    case namespaceUnknown(container: String)
    case groupUnknown(container: String)
    case otherEndUnknown(container: String, interface: String)
    case tunnel(container: String, interface: String)
    case noInterface(container: String)
    /// In its own namespace, a container with CAP_NET_ADMIN can take the table away.
    case undoable(container: String, interface: String)
    /// Packet sockets pass the output hook by.
    case packetSockets(container: String)
    /// Connections that begin are known from conntrack, which does not see all paths.
    case untrackedPaths
    /// By a forged source address a container passes for another.
    case forgeable
    case wholeNamespace(count: Int)
    /// The policy's `never_block` names it, or one that shares its network namespace, since the block was asked for.
    case spared(container: String)
    /// Frames with two VLAN tags.
    case doubleTags
}

extension PlacementGap: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notRunning(let key): "container \(key.identifier.prefix(12)) does not run now"
        case .namespaceUnknown(let name): "the network namespace of \(name) is not known"
        case .groupUnknown(let name):
            "\(name) uses the host's network, and its control group in the v2 hierarchy is not known"
        case .otherEndUnknown(let name, let interface):
            "the host's end of \(interface) of \(name) is not known: what passes there is not stopped"
        case .tunnel(let name, let interface):
            "what \(name) sends through its own tunnel \(interface) is known by the tunnel's ends only"
        case .noInterface(let name): "\(name) has no interface but the loopback"
        case .undoable(let name, let interface):
            "\(interface) of \(name) has no end on the host where it could be stopped, so the rules stand in the "
                + "container's own namespace: with CAP_NET_ADMIN it can undo them"
        case .packetSockets(let name): "packet sockets of \(name) (CAP_NET_RAW) pass the hook by"
        case .untrackedPaths:
            "for connections that begin, other than TCP, conntrack decides: it does not see what stays on a bridge or a bridged "
                + "overlay (unless bridge-nf-call-iptables is 1), nor what the host itself sends; where nothing was tracked before, "
                + "what goes on counts as beginning"
        case .forgeable: "connections other than TCP are known by the container's address, which it can forge"
        case .wholeNamespace(let count):
            "\(count) containers share the network namespace and are stopped together"
        case .spared(let name):
            "\(name), or a container that shares its network namespace, is named under never_block: it is not stopped"
        case .doubleTags: "IP below two VLAN tags is not looked into"
        }
    }
}
