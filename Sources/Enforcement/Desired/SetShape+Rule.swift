import Netlink

extension SetShape {
    /// The rules that look the set up: one, or two of what begins where conntrack is known, as TCP is told by its flags there, too.
    var rules: [Nftables.Rule] {
        guard use == .fresh else { return [rule()] }
        switch hook {
        case _ where hook.isOnDevice: return [rule(if: .connectionAttempt)]
        // Its chain leaves TCP out.
        case .beginning: return [rule(if: .connectionState(.new))]
        default: return [rule(if: .connectionAttempt), rule(if: .notTCP, .connectionState(.new))]
        }
    }

    private func rule(if conditions: Nftables.Statement...) -> Nftables.Rule {
        var statements: [Nftables.Statement] = []
        if let version { statements.append(.version(version, in: family)) }
        statements += conditions
        statements.append(.lookup(selectors, in: name))
        switch use {
        case .blocked, .fresh, .open, .quarantined: statements.append(.drop)
        case .allowed: statements.append(.accept)
        case .resolving: break
        case .declared, .answers, .outward, .outwardAnswers: statements.append(.return)
        }
        return Self.rule(statements, comment)
    }

    /// Those that let neighbours be looked up: ARP, and neighbour solicitations and advertisements of IPv6 (RFC 4861).
    var resolvingRules: [Nftables.Rule] {
        let lookup = Nftables.Statement.lookup(selectors, in: name)
        let discovery = Self.rule(
            [.hopLimit(255, in: family), .neighbourDiscovery(family), lookup, .accept],
            "who is where, for what is left open"
        )
        guard family == .netdev else { return [discovery] }
        return [Self.rule([.addressResolution, lookup, .accept], "who is where, for what is left open"), discovery]
    }

    private var comment: String {
        switch use {
        case .blocked: "blocks"
        case .fresh: "blocks of what begins"
        case .open: "blocks of ports, whoever has them"
        case .allowed: "left open in quarantine"
        case .resolving: "who is where"
        case .quarantined: "quarantine"
        case .declared: "declared interfaces between levels"
        case .answers: "answers at declared interfaces"
        case .outward: "declared ways outside"
        case .outwardAnswers: "answers to outside"
        }
    }

    static func rule(_ statements: [Nftables.Statement], _ comment: String) -> Nftables.Rule {
        Nftables.Rule(expressions: statements.flatMap(\.expressions), comment: comment)
    }
}

extension PlaceHook {
    /// Where what begins is dropped, and flags may come apart from ports.
    var tinyFragments: Nftables.Rule {
        SetShape.rule(Nftables.Statement.tinyFragment(in: family) + [.counter, .drop], "TCP without flags")
    }
}

extension Nftables.Statement {
    /// A fragment that begins at the ninth byte of TCP: what is before it has ports and no flags, so nothing tells whether it begins a
    /// connection. Nobody cuts there by chance. RFC 1858, section 3.1; of IPv6 Linux takes no such first fragments, since 5.11 (RFC 7112).
    static func tinyFragment(in family: Nftables.Family) -> [Self] {
        [.version(.v4, in: family), .inetProtocol(6), .fragmentAtNinthByte]
    }

    /// `ip frag-off & 0x1fff == 1`. RFC 791, section 3.1: in units of eight bytes.
    private static var fragmentAtNinthByte: Self {
        Self([
            .payload(.init(.network, offset: 6, length: 2), into: .first),
            .bitwise(.first, mask: [0x1f, 0xff], xor: [0, 0]), .compare(.first, .equal, [0, 1]),
        ])
    }

    /// A SYN without ACK. RFC 9293, section 3.1.
    static var connectionAttempt: Self { .tcpFlags(0x02, of: 0x12) }

    /// Conntrack takes connections up in the middle, as new ones, so of TCP it is not asked. nf_conntrack_tcp_loose of the kernel's
    /// Documentation/networking/nf_conntrack-sysctl.rst.
    static var notTCP: Self { match(.inetProtocol, .inetProtocol(6), isInverted: true) }

    /// ARP, by its EtherType.
    static var addressResolution: Self {
        Self([.meta(.etherType, into: .first), .compare(.first, .equal, [0x08, 0x06])])
    }

    /// Neighbour solicitations and advertisements: types 135 and 136. RFC 4861, sections 4.3 and 4.4.
    static func neighbourDiscovery(_ family: Nftables.Family) -> Self { icmp(.v6, 135...136, in: family) }

    /// A packet of IPv6 of this hop limit: 255 has none that a router has passed on (RFC 4861, section 7.1), and with 1 none does.
    static func hopLimit(_ limit: UInt8, in family: Nftables.Family) -> Self {
        let limit: [Nftables.Expression] = [
            .payload(.init(.network, offset: 7, length: 1), into: .first), .compare(.first, .equal, [limit]),
        ]
        return Self(version(.v6, in: family).expressions + limit)
    }

    /// The version of IP, as nft(8) expects it in a family before it names the fields of its header.
    static func version(_ version: Nftables.IPVersion, in family: Nftables.Family) -> Self {
        guard family == .inet else { return .version(version) }
        // NFPROTO_IPV4 and NFPROTO_IPV6.
        return Self([.meta(.networkProtocol, into: .first), .compare(.first, .equal, version == .v4 ? [2] : [10])])
    }

    /// ICMP or ICMPv6 messages of some types.
    static func icmp(
        _ version: Nftables.IPVersion,
        _ types: ClosedRange<UInt8>,
        in family: Nftables.Family = .netdev
    ) -> Self {
        let version4 = version == .v4
        let parts: [Self] = [.version(version, in: family), .inetProtocol(version4 ? 1 : 58)]
        return Self(
            parts.flatMap(\.expressions) + [
                .payload(.init(.transport, offset: 0, length: 1), into: .first),
                .range(.first, first: [types.lowerBound], last: [types.upperBound]),
            ]
        )
    }
}
