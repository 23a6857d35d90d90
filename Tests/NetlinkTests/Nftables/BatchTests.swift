import Addressing
import Glibc
import Testing

@testable import Netlink

@Suite("Batches of nftables") struct BatchTests {
    static let table = Nftables.Table(.netdev, comment: "what blocks")
    static let chain = Nftables.Chain(
        .netdev,
        "out",
        base: .init(.ingress, priority: -5, devices: ["lo"]),
        comment: "what lo receives"
    )
    static let set = Nftables.Set(
        .netdev,
        "blocked",
        key: [.ipv4, .ipv4, .inetProtocol, .inetService],
        flags: [.timeout],
        hasCounters: true,
        comment: "source, destination, protocol, port"
    )
    static let rule = Nftables.Rule(
        .version(.v4),
        .lookup([.ipSource, .ipDestination, .inetProtocol, .destinationPort], in: "blocked"),
        .counter,
        .drop,
        comment: "block 17"
    )

    static func element(_ port: UInt16 = 80) throws -> Nftables.Element {
        Nftables.Element(
            try .tuple("10.0.0.1", "10.0.0.2", 6, port),
            timeout: .seconds(600),
            comment: "why"
        )
    }

    /// A table with one of each.
    static func block(_ batch: inout Nftables.Batch, _ elements: [Nftables.Element]) {
        batch.add(table)
        batch.add(chain)
        batch.add(set)
        batch.add(elements, to: set)
        batch.append(rule, to: "out", of: .netdev)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let space = try NftablesSpace()
        let element = try Self.element()
        try space.commit { Self.block(&$0, [element]) }

        let contents = try #require(try space.socket.dumpContents(.netdev))
        #expect(contents.table.declared == Self.table && contents.table.handle != nil && contents.table.owner == nil)
        #expect(contents.chains.map(\.declared) == [Self.chain] && contents.chains[0].handle != nil)
        #expect(contents.sets.map(\.declared) == [Self.set] && contents.sets[0].handle != nil)
        #expect(contents.rules["out"]?.map(\.declared) == [Self.rule])
        let read = try #require(contents.elements["blocked"]?.first)
        #expect(read.declared == element && read.counter == .init())
        #expect(try #require(read.expiration) <= .seconds(600) && read.expiration ?? .zero > .seconds(590))
        #expect(read.key.fields(Self.set.key)?.count == 4)
    }

    @Test func nftReadsItAsJSON() throws {
        let space = try NftablesSpace()
        let element = try Self.element()
        try space.commit { Self.block(&$0, [element]) }
        let contents = try #require(try space.socket.dumpContents(.netdev))
        let (table, chain) = (try space.objects("table"), try space.objects("chain"))
        let (set, rule) = (try space.objects("set"), try space.objects("rule"))
        #expect([table, chain, set, rule].map(\.count) == [1, 1, 1, 1])
        // The same numbers, by which what stands is named.
        #expect(table[0]["handle"] as? UInt64 == contents.table.handle)
        #expect(chain[0]["handle"] as? UInt64 == contents.chains[0].handle && chain[0]["prio"] as? Int == -5)
        #expect(set[0]["handle"] as? UInt64 == contents.sets[0].handle)
        #expect(set[0]["type"] as? [String] == Self.set.key.map(\.description))
        #expect(rule[0]["handle"] as? UInt64 == contents.rules["out"]?[0].handle)
        #expect(rule[0]["comment"] as? String == "block 17")
    }

    @Test func nftPrintsItReadably() throws {
        let space = try NftablesSpace()
        let element = try Self.element()
        try space.commit { Self.block(&$0, [element]) }
        let text = try space.listed()
        let lines = Swift.Set(text.split(separator: "\n").map { String($0) })
        for line in [
            "table netdev portolan {", "comment \"what blocks\"",
            "type ipv4_addr . ipv4_addr . inet_proto . inet_service", "flags timeout", "counter",
            "comment \"source, destination, protocol, port\"",
            "type filter hook ingress device \"lo\" priority filter - 5; policy accept;",
            "comment \"what lo receives\"",
        ] {
            #expect(lines.contains(line), "\(line) in \(text)")
        }
        #expect(text.contains("= { 10.0.0.1 . 10.0.0.2 . tcp . 80 counter packets 0 bytes 0 timeout 10m "))
        #expect(text.contains("comment \"why\" }"))
        #expect(
            lines.contains(
                "ip saddr . ip daddr . meta l4proto . th dport @blocked counter packets 0 bytes 0 drop "
                    + "comment \"block 17\""
            )
        )
    }
}
