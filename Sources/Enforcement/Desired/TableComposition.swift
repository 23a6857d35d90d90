import Addressing
import Netlink

/// Tables of one namespace from the elements that shall be in their sets: sets, chains, and few rules.
struct TableComposition {
    private(set) var tables: [Nftables.Family: DesiredTable] = [:]

    init(
        _ elements: [SetShape: [Nftables.Key: DesiredElement]],
        neverBlock: [IPPrefix],
        levels: LevelPlan.Local?
    ) {
        var all = elements
        if let levels {
            for (shape, list) in levels.elements { all[shape] = list }
        }
        for (shape, list) in all {
            tables[shape.family, default: DesiredTable(shape.family)].sets[shape.name] = shape.set
            tables[shape.family]?.elements[shape.name] = list
        }
        for hook in PlaceHook.allCases {
            let shapes = elements.keys.filter { $0.hook == hook }.sorted()
            let isLevelled = levels?.hooks.contains(hook) ?? false
            guard !shapes.isEmpty || isLevelled else { continue }
            add(hook, shapes, neverBlock, devices: Self.devices(shapes, elements, levels, hook))
            if let levels, isLevelled {
                levels.addChains(of: hook, to: &tables[.netdev, default: DesiredTable(.netdev)])
            }
        }
    }

    /// The devices that anything is asked of at a hook.
    private static func devices(
        _ shapes: [SetShape],
        _ elements: [SetShape: [Nftables.Key: DesiredElement]],
        _ levels: LevelPlan.Local?,
        _ hook: PlaceHook
    ) -> Set<String> {
        var devices = levels?.devices(at: hook) ?? []
        guard hook.isOnDevice else { return devices }
        var names: Set<ArraySlice<UInt8>> = []
        for shape in shapes where shape.local == .device {
            // A device is always the first field, of 16 bytes.
            for key in (elements[shape] ?? [:]).keys {
                names.insert(key.first.prefix(Nftables.FieldKind.interfaceName.length))
            }
        }
        for name in names { devices.insert(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)) }
        return devices
    }

    private mutating func add(_ hook: PlaceHook, _ shapes: [SetShape], _ neverBlock: [IPPrefix], devices: Set<String>) {
        let family = hook.family
        var table = tables[family] ?? DesiredTable(family)
        var chain = DesiredChain()
        chain.base = hook.base(devices: devices)
        chain.comment = hook.comment
        if hook == .beginning {
            chain.rules.append(hook.sparesTCP)
        } else if shapes.contains(where: { $0.use == .fresh }) {
            // Also where conntrack puts fragments together: a raw socket can ask it not to. ip(7), IP_NODEFRAG
            chain.rules.append(hook.tinyFragments)
        }
        let open = shapes.filter(\.sparesNeverBlocked)
        let discoverable = shapes.filter(\.sparesDiscovery)
        for shape in shapes {
            switch shape.use {
            case _ where shape.sparesDiscovery:
                guard shape == discoverable.first else { continue }
                let name = "\(hook.rawValue)_blocked_v6"
                chain.rules.append(
                    SetShape.rule([.version(.v6, in: family), .jump(to: name)], "blocks of IPv6 addresses")
                )
                table.chains[name] = DesiredChain(rules: [hook.sparesDiscovery] + discoverable.flatMap(\.rules))
            case _ where shape.sparesNeverBlocked:
                guard shape == open.first else { continue }
                let name = "\(hook.rawValue)_open"
                chain.rules.append(Nftables.Rule(.jump(to: name), comment: "blocks of ports, whoever has them"))
                table.chains[name] = Self.openChain(hook, open, neverBlock, &table)
            case .resolving: chain.rules += shape.resolvingRules
            default: chain.rules += shape.rules
            }
        }
        table.chains[hook.rawValue] = chain
        tables[family] = table
    }

    /// Whoever is never blocked passes it; everybody else is looked up.
    private static func openChain(
        _ hook: PlaceHook,
        _ shapes: [SetShape],
        _ neverBlock: [IPPrefix],
        _ table: inout DesiredTable
    ) -> DesiredChain {
        var chain = DesiredChain()
        for version in [Nftables.IPVersion.v4, .v6] {
            let spared = neverBlock.filter { $0.address.isIPv6 == (version == .v6) }
            guard !spared.isEmpty else { continue }
            let name = version == .v4 ? "never_blocked_v4" : "never_blocked_v6"
            let kind: Nftables.FieldKind = version == .v4 ? .ipv4 : .ipv6
            table.sets[name] = Nftables.Set(table.family, name, key: [kind], flags: .interval)
            let ranges = spared.map { ElementRange(addresses: $0.numbers, ports: 0...0, element: DesiredElement()) }
            for range in ElementRange.disjoint(ranges) {
                let key = Nftables.Key(.addresses(range.addresses, isIPv6: version == .v6))
                table.elements[name, default: [:]][key] = DesiredElement()
            }
            let selector = hook.remoteAddress(version)
            let statements: [Nftables.Statement] = [
                .version(version, in: hook.family), .lookup([selector], in: name), .return,
            ]
            chain.rules.append(SetShape.rule(statements, "never blocked"))
        }
        // Who blocks ICMPv6 altogether does not mean that IPv6 shall end when the neighbours are forgotten.
        if shapes.contains(where: { $0.use == .open && $0.ports == .protocolNumber }) {
            chain.rules += [hook.sparesDiscovery] + hook.sparesGroups
        }
        chain.rules += shapes.flatMap(\.rules)
        return chain
    }
}

extension PlaceHook {
    var family: Nftables.Family {
        switch self {
        case .sending, .receiving: .netdev
        case .output, .input, .beginning, .routed, .arriving: .inet
        case .bridged, .bridgedArriving: .bridge
        }
    }

    /// Where its chain is hooked.
    func base(devices: Set<String>) -> DesiredChain.Base {
        switch self {
        case .sending: .init(hook: .ingress, priority: 0, devices: devices)
        case .receiving: .init(hook: .egress, priority: 0, devices: devices)
        case .output: .init(hook: .output, priority: 0)
        case .input: .init(hook: .input, priority: 0)
        // After conntrack at -200, before destinations are translated at -100: what the container asked for is seen.
        case .beginning: .init(hook: .prerouting, priority: -150)
        case .routed, .arriving, .bridged, .bridgedArriving: .init(hook: .forward, priority: 0)
        }
    }

    var comment: String {
        switch self {
        case .sending: "what containers send"
        case .receiving: "what containers are sent"
        case .output: "what sockets send"
        case .input: "what sockets are sent"
        case .beginning: "connections that begin, of all but TCP"
        case .routed: "what is routed"
        case .arriving: "what is routed, by where it comes from"
        case .bridged: "what bridges forward"
        case .bridgedArriving: "what bridges forward, by where it comes from"
        }
    }

    /// The address of the other end.
    func remoteAddress(_ version: Nftables.IPVersion) -> Nftables.Selector {
        switch version {
        case .v4: isOutward ? .ipDestination : .ipSource
        case .v6: isOutward ? .ip6Destination : .ip6Source
        }
    }

    /// As ARP is not stopped by a block of an address of IPv4. Of the link alone: a router would have taken one off the hop limit.
    var sparesDiscovery: Nftables.Rule {
        SetShape.rule([.hopLimit(255, in: family), .icmp(.v6, 133...136, in: family), .return], "who is where")
    }

    /// Without it a bridge that snoops forwards no solicitations. RFC 2710 and RFC 3810, section 5; RFC 4890, section 4.4.1.
    var sparesGroups: [Nftables.Rule] {
        [130...132, 143...143].map { types in
            SetShape.rule([.hopLimit(1, in: family), .icmp(.v6, types, in: family), .return], "who hears which group")
        }
    }

    /// TCP is stopped by its flags elsewhere. Here what conntrack takes up in the middle would count as new.
    var sparesTCP: Nftables.Rule { Nftables.Rule(.inetProtocol(6), .return, comment: "TCP is told by its flags") }
}
