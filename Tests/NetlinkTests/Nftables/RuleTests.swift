import Addressing
import Testing

@testable import Netlink

/// Each kind of statement: what nft(8) makes of it, and that it is read back as it was written.
@Suite("Rules of nftables") struct RuleTests {
    static let ten = IPAddress.v4(IPv4Address(bits: 0x0a00_0001))
    static let tens = Nftables.Field(.ipv4, first: [10, 0, 0, 0], last: [10, 255, 255, 255])
    static let few = Nftables.Field(.ipv4, first: [10, 0, 0, 1], last: [10, 0, 0, 6])
    static let thirtyThree = IPPrefix("2001:db8::/33").map { Nftables.Field.prefix($0) }
    static let documentation = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1))

    /// Rules for a chain of a family, each with how nft(8) prints it.
    static func rules(_ family: Nftables.Family) throws -> [(String, Nftables.Rule)] {
        let (tens, few, thirtyThree) = (try #require(tens), try #require(few), try #require(thirtyThree))
        let both: [(String, Nftables.Rule)] = [
            ("meta protocol ip accept", .init(.version(.v4), .accept)),
            ("meta protocol ip6 return", .init(.version(.v6), .return)),
            ("iifname \"lo\" drop", .init(.match(.inputInterface, .interface("lo")), .drop)),
            ("iifname \"br-*\" accept", .init(.match(.inputInterface, .interfaces(startingWith: "br-")), .accept)),
            ("iifname != \"lo\" accept", .init(.match(.inputInterface, .interface("lo"), isInverted: true), .accept)),
            ("meta mark 0x00000007 accept", .init(.match(.mark, .mark(7)), .accept)),
            ("tcp dport 80 drop", .init(.inetProtocol(6), .match(.destinationPort, .port(80)), .drop)),
            ("udp sport 80-90 drop", .init(.inetProtocol(17), .match(.sourcePort, .ports(80...90)), .drop)),
            (
                "tcp flags syn / syn,ack counter packets 0 bytes 0 drop",
                .init(.tcpFlags(0x02, of: 0x12), .counter, .drop)
            ),
            (
                "udp dport 4789 @ih,272,32 0xa000001 drop",
                .init(
                    .inetProtocol(17),
                    .match(.destinationPort, .port(4789)),
                    .match(.inner(.ipv4, offset: 34), .address(ten)),
                    .drop
                )
            ),
            ("limit rate 10/second drop", .init(.limit(perSecond: 10, burst: 5), .drop)),
            (
                "log prefix \"what's it?\" group 5 snaplen 96",
                .init(.log(group: 5, prefix: "what's it?", snapLength: 96))
            ),
            ("jump aside", .init(.jump(to: "aside"))),
            ("goto aside", .init(.goto("aside"))),
            ("th dport vmap @ports", .init(.verdict(of: [.destinationPort], in: "ports"))),
            ("th dport != @ports4 accept", .init(.lookup([.destinationPort], in: "ports4", isInverted: true), .accept)),
        ]
        let link: [(String, Nftables.Rule)] = [
            ("ip saddr 10.0.0.1 drop", .init(.version(.v4), .match(.ipSource, .address(ten)), .drop)),
            ("ip daddr 10.0.0.0/8 drop", .init(.version(.v4), .match(.ipDestination, tens), .drop)),
            (
                "ip daddr != 10.0.0.0/8 drop",
                .init(.version(.v4), .match(.ipDestination, tens, isInverted: true), .drop)
            ),
            ("ip saddr 10.0.0.1-10.0.0.6 drop", .init(.version(.v4), .match(.ipSource, few), .drop)),
            (
                "ip saddr != 10.0.0.1-10.0.0.6 drop",
                .init(.version(.v4), .match(.ipSource, few, isInverted: true), .drop)
            ),
            ("ip6 saddr 2001:db8::/33 drop", .init(.version(.v6), .match(.ip6Source, thirtyThree), .drop)),
            (
                "ip6 daddr 2001:db8::1 drop",
                .init(.version(.v6), .match(.ip6Destination, .address(documentation)), .drop)
            ),
            (
                "ether saddr 02:42:0a:f4:00:02 drop",
                .init(.ethernet, .match(.etherSource, .ether(MACAddress(bits: 0x0242_0af4_0002))), .drop)
            ),
        ]
        let routed: [(String, Nftables.Rule)] = [
            ("ct state established,related accept", .init(.connectionState([.established, .related]), .accept)),
            ("ct mark 0x00000007 accept", .init(.match(.connectionMark, .mark(7)), .accept)),
            ("reject with icmpx admin-prohibited", .init(.reject)),
            (
                "meta l4proto tcp reject with tcp reset",
                .init(.inetProtocol(6), .rejectWithReset)
            ),
            ("oifname \"eth0\" drop", .init(.match(.outputInterface, .interface("eth0")), .drop)),
        ]
        return family == .inet ? both + routed : both + link
    }

    static func chain(_ family: Nftables.Family) -> Nftables.Chain {
        switch family {
        case .netdev: .init(family, "c", base: .init(.ingress, devices: ["lo"]))
        case .bridge: .init(family, "c", base: .init(.forward, priority: -200))
        default: .init(family, "c", base: .init(.output))
        }
    }

    @Test(arguments: [Nftables.Family.inet, .netdev, .bridge])
    func areReadBackAndPrinted(family: Nftables.Family) throws {
        let space = try NftablesSpace()
        let rules = try Self.rules(family)
        try space.commit { (batch) in
            batch.add(Nftables.Table(family))
            batch.add(Nftables.Set(family, "ports", key: [.inetService], isVerdictMap: true))
            batch.add(Nftables.Set(family, "ports4", key: [.inetService]))
            batch.add(Nftables.Chain(family, "aside"))
            batch.add(Self.chain(family))
            for (_, rule) in rules { batch.append(rule, to: "c", of: family) }
        }
        #expect(try space.socket.dumpRules(family, chain: "c").map(\.rule.declared) == rules.map(\.1))
        #expect(try space.objects("rule").count == rules.count)
        let lines = try space.listed().split(separator: "\n").drop { !$0.hasPrefix("type filter hook") }.dropFirst()
        #expect(lines.prefix(rules.count).map { String($0) } == rules.map(\.0))
    }

    @Test func areInsertedReplacedAndDeletedByHandle() throws {
        let space = try NftablesSpace()
        func marks() throws -> [String: UInt64] {
            let rules = try space.socket.dumpRules(.inet, chain: "c").map(\.rule)
            return Dictionary(uniqueKeysWithValues: rules.map { ($0.comment ?? "", $0.handle ?? 0) })
        }
        func order() throws -> [String] { try space.socket.dumpRules(.inet).compactMap(\.rule.comment) }
        func rule(_ comment: String) -> Nftables.Rule { .init(.counter, comment: comment) }
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c"))
            batch.append(rule("two"), to: "c", of: .inet)
            batch.append(rule("three"), to: "c", of: .inet)
            batch.prepend(rule("one"), to: "c", of: .inet)
        }
        #expect(try order() == ["one", "two", "three"])
        let two = try #require(try marks()["two"])
        try space.commit { $0.replace(two, with: rule("second"), in: "c", of: .inet) }
        #expect(try order() == ["one", "second", "three"])
        let second = try #require(try marks()["second"])
        try space.commit { $0.deleteRule(second, of: "c", of: .inet) }
        #expect(try order() == ["one", "three"])
        try space.commit { $0.empty(chain: "c", of: .inet) }
        #expect(try order() == [])
    }

    @Test func whatNftWroteIsReadOrSaidToBeUnknown() throws {
        let space = try NftablesSpace()
        _ = try space.nft(
            """
            table inet portolan { chain c { ip saddr 10.0.0.0/9 th dport > 1024 counter packets 3 bytes 4 drop; \
            meta mark set 5; fib saddr oif missing drop; ct count over 20 drop; limit rate over 1 mbytes/second drop; \
            ip daddr set 10.0.0.1; }; }
            """
        )
        let rules = try space.socket.dumpRules(.inet).map(\.rule)
        #expect(rules[0].counter == .init(packets: 3, bytes: 4))
        #expect(
            rules[0].declared.expressions == [
                .meta(.networkProtocol, into: .first), .compare(.first, .equal, [2]),
                .payload(.init(.network, offset: 12, length: 4), into: .first),
                .bitwise(.first, mask: [255, 128, 0, 0], xor: [0, 0, 0, 0]),
                .compare(.first, .equal, [10, 0, 0, 0]),
                .payload(.init(.transport, offset: 2, length: 2), into: .first),
                .compare(.first, .greater, [4, 0]), .counter(.init()), .verdict(.drop),
            ]
        )
        #expect(rules[1].expressions.last == .setMark(.first))
        let unknown = rules.map { (rule) in
            rule.expressions.compactMap { if case .unknown(let name) = $0 { name } else { nil } }
        }
        let names = [[], ["immediate"], ["fib"], ["connlimit"], ["limit"], ["immediate", "payload"]]
        #expect(unknown == names)
    }
}
