import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Testing

@Suite("Difference")
struct DifferenceTests {
    private let lab: Lab

    init() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        self.lab = lab
    }

    private func desired(_ blocks: Block...) -> [Nftables.Family: DesiredTable] {
        Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host] ?? [:]
    }

    private func standing(_ blocks: Block..., at time: Timestamp = Lab.start) throws -> ModelKernel {
        var kernel = ModelKernel()
        let desired = Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        for change in Difference(to: desired, from: [:], at: time).changes { try kernel.apply(change) }
        return kernel
    }

    private func block(_ number: UInt64, to address: String, seconds: Int64? = 600) throws -> Block {
        Lab.block(number, try Lab.order("web", to: address), seconds: seconds)
    }

    @Test func oneMoreBlockIsOneElement() throws {
        let (first, second) = try (block(1, to: "192.0.2.7"), block(2, to: "192.0.2.8"))
        let kernel = try standing(first)
        let changes = Difference(to: desired(first, second), from: kernel.tables, at: Lab.start).changes
        guard case .addElements(let set, let elements) = changes.first, changes.count == 1 else {
            Issue.record("\(changes)")
            return
        }
        #expect(set.name == "sending_blocked_v4")
        #expect(elements.map(\.comment) == ["#2"])
        #expect(elements.map(\.timeout) == [.seconds(600)])
    }

    /// The kernel refuses to change devices of a table in the batch that adopts it.
    @Test func whatAnAgentBeforeLeftIsAdoptedByItself() throws {
        let flags: Nftables.Table.Flags = [.owner, .persist]
        let (first, second) = try (block(1, to: "192.0.2.7"), block(2, to: "192.0.2.8"))
        var kernel = try standing(first)
        kernel.tables[.netdev]?.table.flags = .persist
        let orphaned = Difference(to: desired(first, second), from: kernel.tables, flags: flags, at: Lab.start)
        #expect(orphaned.changes.count == 2)
        #expect(orphaned.adoptions(of: kernel.tables) == Array(orphaned.changes.prefix(1)))
        kernel.tables[.netdev]?.table.flags = flags
        kernel.tables[.netdev]?.table.owner = 4711
        let own = Difference(to: desired(first, second), from: kernel.tables, flags: flags, at: Lab.start)
        #expect(own.changes.count == 1 && own.adoptions(of: kernel.tables).isEmpty)
        // What is made anew, or from nothing, is made in one go.
        let new = Difference(to: desired(first), from: [:], flags: flags, at: Lab.start)
        #expect(new.adoptions(of: [:]).isEmpty)
    }

    @Test func whatIsOverGoesAndTheRestStays() throws {
        let (first, second) = try (block(1, to: "192.0.2.7"), block(2, to: "192.0.2.8"))
        let kernel = try standing(first, second)
        let changes = Difference(to: desired(first), from: kernel.tables, at: Lab.start).changes
        let key = Nftables.Key(.interface("veth-web"), .address(try #require(IPAddress("192.0.2.8"))))
        #expect(changes.count == 1)
        guard case .deleteElements(_, let keys) = changes.first else {
            Issue.record("\(changes)")
            return
        }
        #expect(keys == [key])
        #expect(Difference(to: [:], from: kernel.tables, at: Lab.start).changes == [.deleteTable(.netdev)])
    }

    /// Left to end by itself it would be in the way of one with the same key, or of a range that overlaps it.
    @Test func whatEndsInAMomentGoesAndIsNotToldAsTooMuch() throws {
        let (first, second) = try (block(1, to: "192.0.2.7"), block(2, to: "192.0.2.8", seconds: 60))
        for (wait, count) in [(58, 1), (59, 0)] as [(Int64, Int)] {
            var kernel = try standing(first, second)
            kernel.wait(wait)
            #expect(Difference(to: desired(first), from: kernel.tables, at: Lab.after(wait)).changes.count == 1)
            let found = Verification(of: desired(first), by: kernel.tables, at: Lab.after(wait))
            #expect(found.surplus.count == count && !found.failsOpen)
        }
    }

    @Test func aRangeComesInPlaceOfOneThatEndsInAMoment() throws {
        let small = try block(1, to: "192.0.2.0/24", seconds: 60)
        var kernel = try standing(small)
        kernel.wait(59)
        let large = Lab.block(2, try Lab.order("web", to: "192.0.0.0/16"), seconds: nil)
        for change in Difference(to: desired(large), from: kernel.tables, at: Lab.after(60)).changes {
            try kernel.apply(change)
        }
        #expect(Verification(of: desired(large), by: kernel.tables, at: Lab.after(60)).isExact)
    }

    /// Between the dump and the change some time passes, and elements end in it.
    @Test func whatEndsBeforeTheKernelIsToldIsNoHindrance() throws {
        let (first, second) = try (block(1, to: "192.0.2.7", seconds: 60), block(2, to: "192.0.2.8", seconds: 500))
        var kernel = try standing(first, second)
        let renewed = try block(1, to: "192.0.2.7", seconds: 900)
        let changes = Difference(to: desired(renewed), from: kernel.tables, at: Lab.start).changes
        kernel.wait(600)
        for change in changes { try kernel.apply(change) }
        #expect(kernel.tables[.netdev]?.elements["sending_blocked_v4"]?.count == 1)
    }

    @Test func anEndThatIsTooEarlyOrMuchTooLateIsMended() throws {
        let kernel = try standing(try block(1, to: "192.0.2.7", seconds: 100))
        for (seconds, isMended) in [(100, false), (101, true), (90, false), (89, true), (nil, true)] as [(Int64?, Bool)]
        {
            let changes = Difference(
                to: desired(try block(1, to: "192.0.2.7", seconds: seconds)),
                from: kernel.tables,
                at: Lab.start
            )
            .changes
            #expect(changes.map(\.removes) == (isMended ? [true, false] : []), "\(String(describing: seconds))")
        }
    }

    @Test func whatWasCountedGoesOnWithAnElementThatIsRenewed() throws {
        var kernel = try standing(try block(1, to: "192.0.2.7", seconds: 100))
        kernel.tables[.netdev]?.elements["sending_blocked_v4"]?[0].counter = Nftables.Counter(packets: 7, bytes: 420)
        let longer = desired(try block(1, to: "192.0.2.7", seconds: 500))
        for change in Difference(to: longer, from: kernel.tables, at: Lab.start).changes { try kernel.apply(change) }
        let verification = Verification(of: longer, by: kernel.tables, at: Lab.start)
        #expect(verification.stopped == [BlockIdentifier(1): StoppedTraffic(packets: 7, bytes: 420)])
        #expect(verification.isExact)
    }

    @Test func aSetThatMeansSomethingElseMakesTheTableAnew() throws {
        let block = try block(1, to: "192.0.2.7")
        var kernel = try standing(block)
        kernel.tables[.netdev]?.sets[0].key = [.ipv4]
        let changes = Difference(to: desired(block), from: kernel.tables, at: Lab.start).changes
        #expect(changes.first == .deleteTable(.netdev))
        for change in changes { try kernel.apply(change) }
        #expect(Difference(to: desired(block), from: kernel.tables, at: Lab.start).isEmpty)
    }

    @Test func aTableThatSleepsOrIsNotMarkedIsFound() throws {
        let block = try block(1, to: "192.0.2.7")
        var kernel = try standing(block)
        kernel.tables[.netdev]?.table.flags = .dormant
        let verification = Verification(of: desired(block), by: kernel.tables, at: Lab.start)
        #expect(verification.failsOpen)
        #expect(verification.lacking == ["table netdev portolan is not there, or not marked as ours"])
        let awake = Difference(to: desired(block), from: kernel.tables, at: Lab.start).changes
        #expect(awake.count == 1)
        for change in awake { try kernel.apply(change) }
        #expect(kernel.tables[.netdev]?.table.flags == [])
    }

    /// The kernel gives an owner to orphans alone; any other table must be made anew, and what it counted goes on.
    @Test(arguments: [[], .persist, .owner, .dormant, [.owner, .persist]] as [Nftables.Table.Flags])
    func whateverStandsBecomesMarkedAsAskedFor(standing flags: Nftables.Table.Flags) throws {
        let block = try block(1, to: "192.0.2.7")
        for wanted in [[], .owner, [.owner, .persist]] as [Nftables.Table.Flags] {
            var kernel = try standing(block)
            kernel.tables[.netdev]?.table.flags = flags
            kernel.tables[.netdev]?.table.owner = flags.contains(.owner) ? 1 : nil
            kernel.tables[.netdev]?.elements["sending_blocked_v4"]?[0].counter = Nftables.Counter(packets: 7, bytes: 9)
            for change in Difference(to: desired(block), from: kernel.tables, flags: wanted, at: Lab.start).changes {
                try kernel.apply(change)
            }
            let found = Verification(of: desired(block), by: kernel.tables, flags: wanted, at: Lab.start)
            #expect(found.isExact, "\(flags) \(wanted): \(found)")
            #expect(found.stopped[BlockIdentifier(1)]?.packets == 7)
        }
    }

    @Test func anOrphanIsTakenOverWithOneChange() throws {
        let block = try block(1, to: "192.0.2.7")
        let flags: Nftables.Table.Flags = [.owner, .persist]
        var kernel = ModelKernel()
        for change in Difference(to: desired(block), from: [:], flags: flags, at: Lab.start).changes {
            try kernel.apply(change)
        }
        kernel.ownerEnds()
        let changes = Difference(to: desired(block), from: kernel.tables, flags: flags, at: Lab.start).changes
        #expect(changes.count == 1)
        for change in changes { try kernel.apply(change) }
        #expect(kernel.tables[.netdev]?.table.owner == 1)
        kernel.ownerEnds()
        for change in Difference(to: [:], from: kernel.tables, flags: flags, at: Lab.start).changes {
            try kernel.apply(change)
        }
        #expect(kernel.tables.isEmpty)
    }

    /// Somebody else may have made a chain whose name looks like one of ours.
    @Test(arguments: ["999999", "1000000", "\(Int.max)", "99999999999999999999"])
    func chainsOfAnyNumberAreTaken(number: String) throws {
        let block = try block(1, to: "192.0.2.7")
        var kernel = try standing(block)
        let place = try #require(kernel.tables[.netdev]?.chains.firstIndex { $0.name == "sending_1" })
        kernel.tables[.netdev]?.chains[place].name = "sending_\(number)"
        let rules = kernel.tables[.netdev]?.rules.removeValue(forKey: "sending_1")
        kernel.tables[.netdev]?.rules["sending_\(number)"] = rules
        var lab = lab
        try lab.add("db", "10.1.0.3")
        let more = Lab.block(2, try Lab.order("db", to: "192.0.2.7"))
        let wanted = Desired(blocks: [block, more], inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        for change in Difference(to: wanted, from: kernel.tables, at: Lab.start).changes { try kernel.apply(change) }
        let again = Difference(to: wanted, from: kernel.tables, at: Lab.start)
        #expect(again.isEmpty, "\(again.changes)")
    }

    /// As `NFTA_DEVICE_PREFIX` hooks it, which we never write.
    @Test(arguments: [["veth*"], ["eth0", "veth*", "veth-web"], ["*"]])
    func aChainOfDevicesByPrefixIsForeign(devices: [String]) throws {
        let block = try block(1, to: "192.0.2.7")
        for name in ["sending_1", "sending_2", "strange"] {
            var kernel = try standing(block)
            var chain = Nftables.Chain(.netdev, name, base: .init(.ingress, devices: devices))
            chain.handle = 99
            kernel.tables[.netdev]?.chains.removeAll { $0.name == name }
            kernel.tables[.netdev]?.chains.append(chain)
            let changes = Difference(to: desired(block), from: kernel.tables, at: Lab.start).changes
            for change in changes {
                if case .deleteDevices = change { Issue.record("\(change)") }
                try kernel.apply(change)
            }
            #expect(Difference(to: desired(block), from: kernel.tables, at: Lab.start).isEmpty)
            let left = kernel.tables[.netdev]?.chains.flatMap { $0.base?.devices ?? [] }
            #expect(left == ["veth-web"])
        }
    }

    @Test func aChainThatDropsEverythingIsMended() throws {
        let address = try #require(IPAddress("192.0.2.7"))
        let order = BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)
        var kernel = try standing(Lab.block(1, order))
        let place = try #require(kernel.tables[.inet]?.chains.firstIndex { $0.name == "routed" })
        kernel.tables[.inet]?.chains[place].base?.policy = .drop
        let changes = Difference(to: desired(Lab.block(1, order)), from: kernel.tables, at: Lab.start).changes
        #expect(changes.count == 1)
        for change in changes { try kernel.apply(change) }
        #expect(kernel.tables[.inet]?.chains[place].base?.policy == .accept)
    }

    @Test func anElementThatStandsForTwoCountsForBoth() throws {
        let (first, second) = try (block(1, to: "192.0.2.7"), block(2, to: "192.0.2.7"))
        var kernel = try standing(first, second)
        kernel.tables[.netdev]?.elements["sending_blocked_v4"]?[0].counter = Nftables.Counter(packets: 2, bytes: 99)
        let stopped = Verification(of: desired(first, second), by: kernel.tables, at: Lab.start).stopped
        #expect(stopped.values.map(\.packets) == [2, 2])
    }
}
