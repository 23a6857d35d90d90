extension PathLab {
    /// A way that something takes out of a container, to one who is blocked and one who is not.
    struct Way {
        var name: String
        var source: Pod
        var friend: Pod
        var destination: String
        var neighbour: String
        /// Whether the host's conntrack sees it only while bridges call iptables.
        var staysOnBridge = false

        /// The blocked one's protocols as the options of `portolan block` have them, in the order of `Reach.Target.all`.
        var protocols: [[String]] {
            let icmp = destination.contains(":") ? "ipv6-icmp" : "icmp"
            return [["tcp", "--port", "7000"], ["udp", "--port", "7000"], [icmp]]
        }
    }

    /// Every way of the table in Docs/Enforcement.md that begins at a container.
    var ways: [Way] {
        func way(_ name: String, _ destination: String, _ neighbour: String, isBridged: Bool = false) -> Way {
            Way(
                name: name,
                source: web,
                friend: friend,
                destination: destination,
                neighbour: neighbour,
                staysOnBridge: isBridged
            )
        }
        func flat(_ name: String, _ destination: String, _ neighbour: String) -> Way {
            Way(name: name, source: flats[0], friend: flats[1], destination: destination, neighbour: neighbour)
        }
        let (far, last) = (fars[0], fars[1])
        return [
            way("same bridge", shop.addresses[0], other.addresses[0], isBridged: true),
            way("same bridge, without an address", shop.addresses[1], other.addresses[1], isBridged: true),
            way("other bridge", sides[0].address, sides[1].address),
            way("outside", "10.89.0.2", "10.89.0.102"),
            way("routed overlay", far.addresses[0], last.addresses[0]),
            way("bridged overlay", far.addresses[1], last.addresses[1], isBridged: true),
            way("host service", "10.244.16.1", "10.89.0.1"),
            way("same bridge, IPv6", "fd00:1::4", "fd00:1::5", isBridged: true),
            way("outside, IPv6", "fd00:89::2", "fd00:89::102"),
            way("routed overlay, IPv6", "fd00:2::2", "fd00:2::3"),
            way("bridged overlay, IPv6", "fd00:45::11", "fd00:45::12", isBridged: true),
            way("host service, IPv6", "fd00:1::1", "fd00:89::1"),
            flat("macvlan", "10.89.0.2", "10.89.0.102"),
            flat("macvlan, IPv6", "fd00:89::2", "fd00:89::102"),
        ]
    }
}
