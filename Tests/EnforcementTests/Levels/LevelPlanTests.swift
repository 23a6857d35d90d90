import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Testing

@Suite("Level plan")
struct LevelPlanTests {
    private func lab(_ names: String...) throws -> Lab {
        var lab = Lab()
        for (number, name) in names.enumerated() { try lab.add(name, "10.1.0.\(number + 2)") }
        return lab
    }

    private func table(_ lab: Lab, _ policy: CompiledPolicy) throws -> DesiredTable? {
        let plan = try LevelledSite.plan(lab.inventory, policy)
        return Desired(blocks: [], inventory: lab.inventory, levels: plan).namespaces[Lab.host]?[.netdev]
    }

    @Test func whereNothingIsDeclaredNothingIsKeptApart() throws {
        let lab = try lab("a", "b")
        #expect(try table(lab, LevelledSite.policy()) == nil)
        #expect(try table(lab, CompiledPolicy(DeclaredPolicy())) == nil)
    }

    @Test func aDeclaredInterfaceStandsAtFourHooks() throws {
        let lab = try lab("internal", "restricted", "public")
        let table = try #require(try table(lab, LevelledSite.policy { $0.interfaces = [LevelledSite.database] }))
        let ways = table.elements.filter { $0.key.contains("declared") || $0.key.contains("answers") }
        #expect(
            ways.mapValues(\.count) == [
                "sending_declared_v4_port": 1, "receiving_declared_v4_port": 1, "sending_answers_v4_port": 1,
                "receiving_answers_v4_port": 1,
            ]
        )
        let call = Nftables.Key(
            .interface("veth-internal"),
            .address(try #require(IPAddress("10.1.0.3"))),
            .inetProtocol(6),
            .port(5432)
        )
        #expect(table.elements["sending_declared_v4_port"]?.keys.first == call)
        #expect(table.elements["levelled_v4"]?.count == 3)
        #expect(table.elements["level2_v4"]?.count == 1)
    }

    @Test func selectorsOfAnInterfaceCount() throws {
        let lab = try lab("internal", "internal-app", "restricted")
        var interface = LevelledSite.database
        var selector = Selector()
        selector.names = [NamePattern("internal-app")]
        interface.source = selector
        let table = try #require(try table(lab, LevelledSite.policy { $0.interfaces = [interface] }))
        #expect(table.elements["sending_declared_v4_port"]?.count == 1)
        interface.source = nil
        let all = try #require(try self.table(lab, LevelledSite.policy { $0.interfaces = [interface] }))
        #expect(all.elements["sending_declared_v4_port"]?.count == 2)
    }

    @Test func anInterfaceOfBothDirectionsStandsInBoth() throws {
        let lab = try lab("internal", "restricted")
        var interface = LevelledSite.database
        interface.direction = .both
        let table = try #require(try table(lab, LevelledSite.policy { $0.interfaces = [interface] }))
        #expect(table.elements["sending_declared_v4_port"]?.count == 2)
    }

    @Test func interfacesThatNoHookStandsAtAreTold() throws {
        var lab = try lab("internal", "restricted", "unknown")
        for name in ["internal", "unknown"] {
            try lab.change(name) {
                $0.interfaces.append(try Lab.wire(NetworkNamespace(inode: 9), "eth1", kind: "macvlan", to: nil, 0))
            }
        }
        try lab.change("restricted") { $0.interfaces[0].peer = nil }
        let plan = try LevelledSite.plan(lab.inventory, LevelledSite.policy())
        let gaps: Set<LevelGap> = [
            .unguarded(container: "internal", interface: "eth1"),
            .unguarded(container: "restricted", interface: "eth0"),
        ]
        #expect(Set(plan.gaps) == gaps)
        #expect(
            "\(LevelGap.unguarded(container: "internal", interface: "eth1"))"
                == "eth1 of internal has no end on the host that is known: nothing is kept apart there"
        )
    }

    @Test func anAddressOfTwoLevelsHasNone() throws {
        var lab = Lab()
        try lab.add("internal", "10.1.0.2")
        try lab.add("restricted", "10.1.0.2", behind: NetworkNamespace(inode: 77))
        let plan = try LevelledSite.plan(lab.inventory, LevelledSite.policy())
        #expect(plan.gaps == [.twoLevels(try #require(IPAddress("10.1.0.2")))])
        let table = Desired(blocks: [], inventory: lab.inventory, levels: plan).namespaces[Lab.host]?[.netdev]
        #expect(table?.elements["levelled_v4"]?.isEmpty == true)
    }

    @Test func whoSharesANamespaceHasTheHighestLevelThere() throws {
        var lab = try lab("internal")
        try lab.change("internal") {
            $0.containers.append(ContainerInventory(Lab.container("restricted"), since: Lab.start))
        }
        let table = try #require(try table(lab, LevelledSite.policy()))
        let key = Nftables.Key(.interface("veth-internal"))
        #expect(table.elements["sending_by_level"]?[key]?.verdict == .goto("sending_level2"))
    }

    @Test func tooManyWaysAreCountedAndNotDropped() throws {
        var lab = Lab()
        for number in 0..<120 { try lab.add("internal\(number)", "10.1.0.\(number)") }
        for number in 0..<120 { try lab.add("restricted\(number)", "10.2.0.\(number)") }
        var interface = LevelledSite.database
        interface.traffic.ports = [1000...1000, 1002...1002, 1004...1004, 1006...1006, 1008...1008]
        let policy = LevelledSite.policy { $0.interfaces = [interface] }
        let plan = try LevelledSite.plan(lab.inventory, policy)
        #expect(plan.mode == .observe)
        #expect(plan.gaps == [.tooMany(120 * 120 * 4 * 5)])
        #expect("\(plan.gaps)".isEmpty == false)
        interface.traffic.ports = [1000...1000, 1002...1002, 1004...1004, 1006...1006]
        let fitting = try LevelledSite.plan(lab.inventory, LevelledSite.policy { $0.interfaces = [interface] })
        #expect(fitting.mode == .enforce)
    }

    @Test func twoHundredContainersInGoodTime() throws {
        var lab = Lab()
        for number in 0..<200 {
            let level = ["public", "internal", "restricted"][number % 3]
            try lab.add("c\(number)", "10.1.\(number / 100).\(number % 100 + 2)") {
                $0.description.labels = [Sensitivity.label: level]
            }
        }
        let policy = LevelledSite.policy { $0.interfaces = [LevelledSite.database] }
        let clock = ContinuousClock()
        let start = clock.now
        let plan = try LevelledSite.plan(lab.inventory, policy)
        let desired = Desired(blocks: [], inventory: lab.inventory, levels: plan)
        print(
            "enforcement: levels of 200 containers compiled in \(start.duration(to: clock.now)): \(desired.elementCount) elements"
        )
        #expect(plan.gaps.isEmpty)
        #expect(desired.namespaces[Lab.host]?[.netdev]?.elements["sending_declared_v4_port"]?.count == 67 * 66)
    }
}
