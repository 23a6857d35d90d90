import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Testing

@Suite("Desired tables")
struct DesiredTests {
    private let lab: Lab

    init() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        self.lab = lab
    }

    private func table(_ blocks: [Block], _ family: Nftables.Family = .netdev) throws -> DesiredTable {
        try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host]?[family])
    }

    @Test func blocksOfTheSameAreOneElementAndLastAsLongAsTheLongest() throws {
        let order = try Lab.order("web", to: "192.0.2.7", 6, 80...80)
        let table = try table([Lab.block(1, order, seconds: 60), Lab.block(2, order, seconds: 90)])
        let element = try #require(table.elements["sending_blocked_v4_port"]?.values.first)
        #expect(table.elementCount == 1)
        #expect(element.until == Lab.after(90))
        #expect(element.blocks == [BlockIdentifier(1), BlockIdentifier(2)])
        #expect(element.comment == "#1 #2")
        let forever = try self.table([Lab.block(1, order, seconds: 60), Lab.block(3, order, seconds: nil)])
        #expect(forever.elements["sending_blocked_v4_port"]?.values.first?.until == nil)
    }

    @Test func commentsNeverOutgrowWhatTheKernelCarries() throws {
        let order = try Lab.order("web", to: "192.0.2.7")
        let table = try table((1...200).map { Lab.block($0 * 1_000_000, order) })
        let comment = try #require(table.elements.values.first?.values.first?.comment)
        #expect(comment.utf8.count <= 127)
        #expect(comment.hasPrefix("#1000000 #2000000 ") && comment.hasSuffix(" ..."))
    }

    @Test func ofTheOtherDirectionPortsAreThoseOfTheOtherEnd() throws {
        let order = try Lab.order("web", to: "192.0.2.7", 6, 80...80, options: .bothDirections)
        let table = try table([Lab.block(1, order)])
        let sending = try #require(table.chains["sending"]?.rules.first)
        let receiving = try #require(table.chains["receiving"]?.rules.first)
        let expected = [
            Nftables.Rule(
                .version(.v4),
                .lookup(
                    [.inputInterface, .ipDestination, .inetProtocol, .destinationPort],
                    in: "sending_blocked_v4_port"
                ),
                .drop,
                comment: "blocks"
            ),
            Nftables.Rule(
                .version(.v4),
                .lookup([.outputInterface, .ipSource, .inetProtocol, .sourcePort], in: "receiving_blocked_v4_port"),
                .drop,
                comment: "blocks"
            ),
        ]
        #expect([sending, receiving] == expected)
        #expect(table.chains["receiving"]?.base?.hook == .egress)
        #expect(table.chains["receiving"]?.base?.devices == ["veth-web"])
    }

    @Test func fewPortsAreWrittenOutAndManyAreARange() throws {
        let few = try table([Lab.block(1, try Lab.order("web", to: "192.0.2.7", 6, 80...87))])
        #expect(few.elements.mapValues(\.count) == ["sending_blocked_v4_port": 8])
        let many = try table([Lab.block(1, try Lab.order("web", to: "192.0.2.7", 6, 80...88))])
        #expect(many.elements.mapValues(\.count) == ["sending_blocked_v4_port_in": 1])
        #expect(many.sets["sending_blocked_v4_port_in"]?.flags == [.interval, .timeout])
    }

    @Test func rulesAreAsFewForManyBlocks() throws {
        let blocks = try (0..<200).map {
            Lab.block(UInt64($0 + 1), try Lab.order("web", to: "192.0.2.\($0)", $0 % 2 == 0 ? 6 : nil))
        }
        #expect(try table(blocks).chains["sending"]?.rules.count == 2)
        #expect(try table(blocks).elementCount == 200)
    }

    @Test func quarantineComesAfterBlocks() throws {
        let blocks = [
            Lab.block(1, try Lab.quarantine("web", allowing: "10.0.0.0/8")),
            Lab.block(2, try Lab.order("web", to: "10.9.9.9")),
        ]
        let comments = try table(blocks).chains["sending"]?.rules.map(\.comment)
        let neighbours = "who is where, for what is left open"
        #expect(comments == ["blocks", "left open in quarantine", neighbours, neighbours, "quarantine"])
    }

    @Test func ofTwoQuarantinesWhatBothLeaveOpenIsOpen() throws {
        let blocks = [
            Lab.block(1, try Lab.quarantine("web", allowing: "10.0.0.0/8", "192.0.2.1"), seconds: 60),
            Lab.block(2, try Lab.quarantine("web", allowing: "10.1.0.0/16", "192.0.2.2"), seconds: 90),
        ]
        let table = try table(blocks)
        let open = try #require(table.elements["sending_allowed_v4_in"])
        let only = Nftables.Key(.interface("veth-web"), .prefix(try #require(IPPrefix("10.1.0.0/16"))))
        #expect(Array(open.keys) == [only])
        #expect(table.elements["sending_allowed_v4"] == nil)
        #expect(table.elements["sending_quarantined"]?.values.first?.until == Lab.after(90))
    }

    @Test func whoIsNeverBlockedPassesBlocksOfWhatBeginsToo() throws {
        let target = BlockTarget.traffic(.anyone, Traffic(protocolNumber: 6, ports: [80...80]))
        let never = try [#require(IPPrefix("192.0.2.1"))]
        for options in [[], .newOnly] as [BlockOptions] {
            let order = BlockOrder(
                .container(Lab.key("web")),
                target,
                options: options,
                reason: "",
                author: Lab.person
            )
            let desired = Desired(blocks: [Lab.block(1, order)], inventory: lab.inventory, neverBlock: never)
            let table = try #require(desired.namespaces[Lab.host]?[.netdev])
            let first = table.chains["sending"]?.rules.map(\.comment).filter { $0 != "TCP without flags" }
            #expect(first == ["blocks of ports, whoever has them"])
            let rules = table.chains["sending_open"]?.rules.map(\.comment)
            let last = options.isEmpty ? "blocks of ports, whoever has them" : "blocks of what begins"
            #expect(rules == ["never blocked", last])
            #expect(table.elements["never_blocked_v4"]?.count == 1)
        }
    }

    /// What conntrack takes up in the middle counts as new: TCP is told by its flags wherever it is.
    @Test func beginningsOfTCPAreToldByFlagsOnTheHostsNetworkToo() throws {
        var lab = lab
        lab.addOnHost("node", group: 5, path: "/a")
        let order = try Lab.order("node", to: "192.0.2.7", options: [.newOnly, .bothDirections])
        let desired = Desired(blocks: [Lab.block(1, order)], inventory: lab.inventory)
        let table = try #require(desired.namespaces[Lab.host]?[.inet])
        for hook in ["output", "input"] {
            let rules = try #require(table.chains[hook]?.rules)
            #expect(rules.count == 3)
            let tracked = rules.filter { $0.expressions.contains(.connection(.state, into: .first)) }
            #expect(tracked.count == 1)
            for rule in tracked { #expect(rule.expressions.contains(.compare(.first, .notEqual, [6]))) }
            let byFlags = rules.filter {
                $0.expressions.contains(.payload(.init(.transport, offset: 13, length: 1), into: .first))
            }
            #expect(byFlags.count == 1)
        }
    }

    @Test func aContainerThatIsNotHereHasNothingStanding() throws {
        let desired = Desired(blocks: [Lab.block(1, try Lab.order("gone", to: "192.0.2.7"))], inventory: lab.inventory)
        #expect(desired.namespaces.isEmpty)
        #expect(desired.placements[BlockIdentifier(1)]?.gaps == [.notRunning(Lab.key("gone"))])
    }

    @Test func namesOfSetsAreShortEnoughForOldKernels() throws {
        var lab = lab
        lab.addOnHost("node", group: 5, path: "/a/b/c/d/e/f/g/h/i/j/k")
        let blocks = [
            Lab.block(1, try Lab.order("node", to: "2001:db8::/32", 6, 80...90, options: [.newOnly, .bothDirections])),
            Lab.block(2, try Lab.order("web", to: "2001:db8::/32", 6, 80...90, options: .bothDirections)),
        ]
        let names =
            Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host]?.values.flatMap(\.sets.keys) ?? []
        #expect(names.count == 4)
        for name in names { #expect(name.utf8.count <= 31, "\(name)") }
    }
}
