import Addressing
package import Containers

extension Placement {
    /// Where what a container sends and is sent is caught.
    ///
    /// `receiving` also asks for the way to the container, on which the host itself and whoever is elsewhere send.
    package init(of resident: Resident, receiving: Bool) {
        self.init()
        let name = resident.container.label
        members = resident.members
        guard let namespace = resident.namespace else {
            gaps = [.namespaceUnknown(container: name)]
            return
        }
        if resident.usesHostNetwork {
            placeByGroup(resident.container, in: namespace, receiving: receiving)
            return
        }
        if members.count > 1 { gaps.append(.wholeNamespace(count: members.count)) }
        for interface in resident.interfaces { place(interface, of: name, in: namespace, receiving: receiving) }
        if resident.interfaces.isEmpty { gaps.append(.noInterface(container: name)) }
        if places.contains(where: { $0.hook == .sending }) { gaps.append(.doubleTags) }
        guard !places.isEmpty else { return }
        covered = Set(TrafficPath.sending)
        if receiving { covered.formUnion(TrafficPath.receiving) }
    }

    private mutating func placeByGroup(_ container: Container, in namespace: NetworkNamespace, receiving: Bool) {
        let name = container.label
        guard let group = container.cgroupIdentifier, let path = container.cgroup else {
            gaps.append(.groupUnknown(container: name))
            return
        }
        let level = path.split(separator: "/").count
        // The kernel keeps a group's ancestors by their level, the root being 0: which every socket is below.
        guard level > 0, level < Self.deepestGroup else {
            gaps.append(.groupUnknown(container: name))
            return
        }
        let local = LocalEnd.cgroup(group, level: UInt32(level))
        places.append(Place(namespace, .output, local))
        if receiving { places.append(Place(namespace, .input, local)) }
        gaps.append(.packetSockets(container: name))
        covered = Set(TrafficPath.sending)
        if receiving { covered.formUnion(TrafficPath.receiving) }
    }

    /// Directories that nft looks through at most: the level is one byte for the kernel.
    private static var deepestGroup: Int { 256 }

    private mutating func place(
        _ inventory: InterfaceInventory,
        of name: String,
        in namespace: NetworkNamespace,
        receiving: Bool
    ) {
        let interface = inventory.interface
        if let kind = interface.kind, Self.fallbacks[interface.name] == kind { return }
        switch interface.kind {
        case "veth":
            guard let peer = inventory.peer, peer.key.namespace != namespace else {
                gaps.append(.otherEndUnknown(container: name, interface: interface.name))
                return
            }
            places.append(Place(peer.key.namespace, .sending, .device(peer.name)))
            if receiving { places.append(Place(peer.key.namespace, .receiving, .device(peer.name))) }
        case .some(let kind) where Self.tunnels.contains(kind):
            gaps.append(.tunnel(container: name, interface: interface.name))
        case .some(let kind) where Self.deadEnds.contains(kind): break
        default:
            // What stands on a device of the host's (macvlan, ipvlan) goes past every hook of the host's before it is on the wire, and of
            // what is not known here (netkit, bond, hardware) no end is known on the host.
            places.append(Place(namespace, .output, .device(interface.name)))
            if receiving { places.append(Place(namespace, .input, .device(interface.name))) }
            gaps.append(.undoable(container: name, interface: interface.name))
            if !gaps.contains(.packetSockets(container: name)) { gaps.append(.packetSockets(container: name)) }
        }
    }

    /// Kinds of devices that wrap what they send. rtnetlink(7), IFLA_INFO_KIND
    private static let tunnels: Set<String> = [
        "vxlan", "geneve", "tun", "wireguard", "gre", "gretap", "ip6gre", "ip6gretap", "erspan", "ip6erspan", "ipip",
        "sit",
        "ip6tnl", "vti", "vti6", "xfrm", "gtp", "amt", "ppp", "ovpn", "bareudp",
    ]

    /// Those that lead nowhere by themselves.
    private static let deadEnds: Set<String> = ["bridge", "dummy", "ifb", "nlmon", "vrf", "vcan"]

    /// Devices that a kernel with the kind puts into every namespace. They lead nowhere until somebody sets them up.
    private static let fallbacks: [String: String] = [
        "tunl0": "ipip", "sit0": "sit", "ip6tnl0": "ip6tnl", "gre0": "gre", "gretap0": "gretap", "erspan0": "erspan",
        "ip6gre0": "ip6gre", "ip_vti0": "vti", "ip6_vti0": "vti6",
    ]
}

extension Placement {
    /// Where an address alone is caught, whoever talks with it: in the host's namespace.
    package init(ofAddressAloneIn host: NetworkNamespace) {
        self.init()
        let hooks: [PlaceHook] = [.output, .input, .routed, .arriving, .bridged, .bridgedArriving]
        places = hooks.map { Place(host, $0, .anybody) }
        covered = [.outside, .routedOverlay, .bridgedOverlay, .fromElsewhere]
    }

    /// Where connections that begin are caught by conntrack: those of a container, by its addresses.
    package init(ofBeginningsOf resident: Resident) {
        self.init()
        members = resident.members
        let wires = resident.interfaces.filter { $0.interface.kind == "veth" }
        let hosts = Set(wires.compactMap { $0.peer?.key.namespace }).sorted()
        for host in hosts {
            for address in resident.addresses { places.append(Place(host, .beginning, .source(address))) }
        }
        gaps = [.untrackedPaths, .forgeable]
        if !places.isEmpty { covered = [.outside, .routedOverlay, .hostService] }
    }

    /// Both together.
    package mutating func add(_ other: Self) {
        for place in other.places where !places.contains(place) { places.append(place) }
        for gap in other.gaps where !gaps.contains(gap) { gaps.append(gap) }
        for member in other.members where !members.contains(where: { $0.key == member.key }) { members.append(member) }
        covered.formUnion(other.covered)
    }
}
