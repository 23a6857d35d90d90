import Addressing
import Containers
import Enforcement
import Glibc
import Netlink
import Policy
import Support
import Testing

/// Tables as the real kernel takes them, and nft(8) lists them.
@Suite("Compiled tables, in the kernel")
struct CompiledTablesTests {
    private static func lab(_ count: Int) throws -> Lab {
        var lab = Lab()
        for number in 0..<count { try lab.add("c\(number)", "10.\(number / 250).\(number % 250).2") }
        return lab
    }

    @Test func nftListsThemReadably() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2", "fd00::2")
        lab.addOnHost("node", group: 1, path: "/a/b")
        let space = try KernelSpace()
        try space.run("/sbin/ip", "link", "add", "veth-web", "type", "bridge")
        let address = try #require(IPAddress("192.0.2.7"))
        let blocks = [
            Lab.block(1, try Lab.order("web", to: "192.0.2.7", 6, 443...443)),
            Lab.block(2, try Lab.order("web", to: "2001:db8::/32", options: .bothDirections), seconds: nil),
            Lab.block(3, try Lab.order("node", to: "192.0.2.8", 17)),
            Lab.block(4, BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)),
            Lab.block(5, try Lab.order("web", to: "192.0.2.9", options: .newOnly)),
            Lab.block(6, try Lab.quarantine("web", allowing: "10.1.0.0/24")),
        ]
        let desired = try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host])
        let clock = ContinuousClock()
        let start = clock.now
        func time() -> Timestamp {
            Timestamp(nanoseconds: Lab.start.nanoseconds + Int64(start.duration(to: clock.now) / .nanoseconds(1)))
        }
        try space.bring(to: desired, at: Lab.start)
        let text = try space.run("/usr/sbin/nft", "list", "ruleset")
        for line in [
            "table netdev portolan", "table inet portolan", "table bridge portolan", "chain sending_1",
            "type filter hook ingress device \"veth-web\" priority filter; policy accept;",
            "set sending_blocked_v4_port", "type ifname . ipv4_addr . inet_proto . inet_service",
            "\"veth-web\" . 192.0.2.7 . tcp . 443 counter packets 0 bytes 0 timeout 10m", "comment \"#1\"",
            "iifname . ip daddr . meta l4proto . th dport @sending_blocked_v4_port drop comment \"blocks\"",
            "\"veth-web\" . 2001:db8::/32 counter packets 0 bytes 0 comment \"#2\"",
            "socket cgroupv2 level 2 . ip daddr . meta l4proto @output_blocked_group2_v4_proto drop",
            "ip daddr @routed_blocked_v4 drop", "ip saddr @arriving_blocked_v4 drop",
            "tcp flags syn / syn,ack iifname . ip daddr",
            "elements = { \"veth-web\" counter packets 0 bytes 0 timeout 10m",
            "iifname @sending_quarantined drop comment \"quarantine\"",
        ] {
            #expect(text.contains(line), "\(line)\n\(text)")
        }
        #expect(try space.verification(of: desired, at: time()).isExact)
        #expect(try space.bring(to: desired, at: time()).isEmpty)
    }

    /// What is changed by hand is found and mended.
    @Test func whatSomebodyChangesIsFoundAndMended() throws {
        let lab = try Self.lab(2)
        let space = try KernelSpace()
        try space.addDevices(2)
        let blocks = [
            Lab.block(1, try Lab.order("c0", to: "192.0.2.7", 6, 443...443), seconds: nil),
            Lab.block(2, try Lab.order("c1", to: "192.0.2.0/24"), seconds: nil),
        ]
        let desired = try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host])
        try space.bring(to: desired, at: Lab.start)
        let harms: [([String], lacks: Bool)] = [
            (
                [
                    "delete", "element", "netdev", "portolan", "sending_blocked_v4_port",
                    "{ \"veth-c0\" . 192.0.2.7 . tcp . 443 }",
                ], true
            ),
            (
                [
                    "add", "element", "netdev", "portolan", "sending_blocked_v4_port",
                    "{ \"veth-c1\" . 192.0.2.7 . tcp . 443 }",
                ], false
            ),
            (["flush", "chain", "netdev", "portolan", "sending"], true),
            (["insert", "rule", "netdev", "portolan", "sending", "accept"], false),
            (["flush", "chain", "netdev", "portolan", "sending_1"], true),
            (["add", "chain", "netdev", "portolan", "strange"], false),
            (["delete", "table", "netdev", "portolan"], true),
        ]
        for (harm, lacks) in harms {
            #expect(try space.attempt(["/usr/sbin/nft"] + harm) != nil, "\(harm)")
            let found = try space.verification(of: desired, at: Lab.start)
            #expect(found.failsOpen == lacks, "\(harm): \(found)")
            #expect(!found.isExact)
            #expect(try !space.bring(to: desired, at: Lab.start).isEmpty)
            #expect(try space.verification(of: desired, at: Lab.start).isExact, "\(harm)")
        }
    }

    @Test func tablesThatAreOursStayWhenOthersFlushEverything() throws {
        let lab = try Self.lab(1)
        let space = try KernelSpace()
        try space.addDevices(1)
        let desired = try #require(
            Desired(
                blocks: [Lab.block(1, try Lab.order("c0", to: "192.0.2.7"), seconds: nil)],
                inventory: lab.inventory
            )
            .namespaces[Lab.host]
        )
        try space.bring(to: desired, flags: [.owner, .persist], at: Lab.start)
        try space.run("/usr/sbin/nft", "flush", "ruleset")
        let found = try space.verification(of: desired, flags: [.owner, .persist], at: Lab.start)
        #expect(found.isExact, "\(found.lacking) \(found.surplus)")
        #expect(try space.attempt(["/usr/sbin/nft", "delete", "table", "netdev", "portolan"]) == nil)
        // Its owner goes, the table stays, and the next one takes it over with one change.
        try space.reopen()
        #expect(try space.bring(to: desired, flags: [.owner, .persist], at: Lab.start).count == 1)
        #expect(try space.bring(to: desired, flags: [.owner, .persist], at: Lab.start).isEmpty)
        #expect(try space.attempt(["/usr/sbin/nft", "delete", "table", "netdev", "portolan"]) == nil)
        let unmarked = try space.verification(of: desired, at: Lab.start)
        #expect(unmarked.lacking == ["table netdev portolan is not there, or not marked as ours"])
    }

    /// The kernel gives no owner to a table that never had one, and devices that stand in its chains must come through new ones.
    @Test func aTableWithoutOwnerIsReplacedInOneBatch() throws {
        let lab = try Self.lab(2)
        let space = try KernelSpace()
        try space.addDevices(2)
        let address = try #require(IPAddress("192.0.2.7"))
        let alone = BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)
        let blocks = [
            Lab.block(1, try Lab.order("c0", to: "192.0.2.7", options: .bothDirections), seconds: nil),
            Lab.block(2, try Lab.quarantine("c1"), seconds: nil), Lab.block(3, alone, seconds: nil),
        ]
        let desired = try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host])
        try space.bring(to: desired, at: Lab.start)
        let flags: Nftables.Table.Flags = [.owner, .persist]
        try space.bring(to: desired, flags: flags, at: Lab.start)
        #expect(try space.verification(of: desired, flags: flags, at: Lab.start).isExact)
        #expect(try space.attempt(["/usr/sbin/nft", "delete", "table", "netdev", "portolan"]) == nil)
        // And back, as somebody who does not own tables has it.
        try space.bring(to: desired, at: Lab.start)
        #expect(try space.verification(of: desired, at: Lab.start).isExact)
    }

    /// Some time passes between the dump and the batch that it leads to.
    @Test func elementsThatEndMeanwhileDoNotHinderABatch() throws {
        let lab = try Self.lab(1)
        let space = try KernelSpace()
        try space.addDevices(1)
        func tables(_ seconds: Int64) throws -> [Nftables.Family: DesiredTable] {
            let blocks = try ["192.0.2.7", "192.0.2.0/24"].enumerated().map { number, prefix in
                BridgedHost.block(UInt64(number + 1), try Lab.order("c0", to: prefix), seconds: seconds)
            }
            return Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        }
        func count(_ standing: [Nftables.Family: Nftables.Contents]) -> Int {
            standing[.netdev]?.elements.values.reduce(0) { $0 + $1.count } ?? 0
        }
        try space.bring(to: tables(2), at: BridgedHost.now)
        let standing = try space.standing()
        #expect(count(standing) == 2)
        let renewed = try tables(600)
        let difference = Difference(to: renewed, from: standing, at: BridgedHost.now)
        #expect(difference.changes.count == 4)
        let deadline = ContinuousClock.now + .seconds(30)
        while try count(space.standing()) > 0 {
            try #require(ContinuousClock.now < deadline)
            usleep(10_000)
        }
        try space.commit(difference.changes)
        #expect(try space.verification(of: renewed, at: BridgedHost.now).isExact)
    }

    @Test func manyDevicesTakeSeveralChainsAndStayWhereTheyAre() throws {
        let space = try KernelSpace()
        let lab = try Self.lab(600)
        try space.addDevices(600)
        func tables(_ numbers: some Sequence<Int>) throws -> [Nftables.Family: DesiredTable] {
            let blocks = try numbers.map {
                Lab.block(UInt64($0 + 1), try Lab.order("c\($0)", to: "192.0.2.7"), seconds: nil)
            }
            return Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        }
        func devices() throws -> [String: [String]] {
            let chains = try #require(try space.standing()[.netdev]).chains.filter { $0.base != nil }
            return Dictionary(uniqueKeysWithValues: chains.map { ($0.name, $0.base?.devices ?? []) })
        }
        try space.bring(to: tables(0..<520), at: Lab.start)
        let first = try devices()
        #expect(first.mapValues(\.count) == ["sending_1": 250, "sending_2": 250, "sending_3": 20])
        // Some go, others come: who stays is not moved.
        let later = try tables((0..<600).filter { $0 % 3 != 0 })
        let changes = try space.bring(to: later, at: Lab.start)
        #expect(try space.verification(of: later, at: Lab.start).isExact)
        let second = try devices()
        #expect(second.values.reduce(0) { $0 + $1.count } == 400)
        for (chain, list) in second {
            #expect(list.count <= 250)
            for device in list where first.values.contains(where: { $0.contains(device) }) {
                #expect(first[chain]?.contains(device) == true, "\(device) was moved to \(chain)")
            }
        }
        #expect(changes.count < 20)
    }

    /// What the model of the kernel says of changes must be true of the kernel.
    @Test(arguments: [1, 2] as [UInt64])
    func theKernelTakesAllThatMayCome(seed: UInt64) throws {
        let space = try KernelSpace()
        try space.addDevices(5)
        var lab = try Self.lab(5)
        lab.addOnHost("node", group: 1, path: "/a")
        var numbers = SeededNumbers(seed: seed)
        var ledger = BlockLedger()
        let nevers = try [
            ["10.0.0.0/8", "10.1.0.1", "fd00::/8"], ["10.0.0.0/9", "10.64.0.0/10"], [], ["10.0.0.0/10", "192.0.2.1"],
        ]
        .map { try $0.map { try #require(IPPrefix($0)) } }
        var changes = 0
        for _ in 0..<150 {
            if Int.random(in: 0..<5, using: &numbers) < 2, let block = ledger.blocks.randomElement(using: &numbers) {
                _ = try ledger.release(block.identifier, by: Lab.rule, at: Lab.start)
            } else {
                let name = try #require(["c0", "c1", "c2", "node"].randomElement(using: &numbers))
                _ = try ledger.add(RandomOrders.order(name, &numbers), until: nil, at: Lab.start)
            }
            let never = try #require(nevers.randomElement(using: &numbers))
            let desired = Desired(blocks: ledger.blocks, inventory: lab.inventory, neverBlock: never)
            let tables = desired.namespaces[Lab.host] ?? [:]
            changes += try space.bring(to: tables, at: Lab.start).count
            let verification = try space.verification(of: tables, at: Lab.start)
            #expect(verification.isExact, "\(verification.lacking) \(verification.surplus)")
        }
        #expect(changes > 150)
    }

    @Test func twentyThousandBlocksAreElements() throws {
        let space = try KernelSpace()
        let lab = try Self.lab(100)
        try space.addDevices(100)
        var blocks: [Block] = []
        for number in 0..<20_000 {
            let address = "192.\(number / 65536).\(number / 256 % 256).\(number % 256)"
            let order = try Lab.order("c\(number % 100)", to: address, 6, 443...443)
            blocks.append(BridgedHost.block(UInt64(number + 1), order, seconds: Int64(3600 + number)))
        }
        let clock = ContinuousClock()
        var start = clock.now
        func lap() -> Duration {
            defer { start = clock.now }
            return start.duration(to: clock.now)
        }
        let desired = Desired(blocks: blocks, inventory: lab.inventory)
        let tables = try #require(desired.namespaces[Lab.host])
        let compiled = lap()
        #expect(desired.elementCount == 20_000)
        #expect(tables[.netdev]?.chains.values.reduce(0) { $0 + $1.rules.count } == 1)
        let time = BridgedHost.now
        try space.bring(to: tables, at: time)
        let placed = lap()
        var standing = try space.standing()
        let read = lap()
        // They are compared as they were told, whose ends do not depend on how long it took to tell and to read them.
        for (family, contents) in standing {
            standing[family]?.elements = contents.elements.mapValues { elements in
                elements.map { element in
                    var told = element
                    told.expiration = nil
                    return told
                }
            }
            for element in contents.elements.values.joined() {
                let (left, timeout) = (element.expiration ?? .zero, element.timeout ?? .zero)
                if left <= .zero || left > timeout { Issue.record("\(element)") }
            }
        }
        _ = lap()
        let verification = Verification(of: tables, by: standing, at: time)
        let verified = lap()
        #expect(verification.isExact, "\(verification.lacking) \(verification.surplus)")
        try timeSingleBlocks(among: desired, lab, space)
        // One more.
        blocks.append(BridgedHost.block(20_001, try Lab.order("c1", to: "198.51.100.1")))
        let more = try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host])
        let difference = Difference(to: more, from: standing, at: time)
        #expect(difference.changes.count == 3)
        let one = lap()
        print(
            "enforcement: 20,000 blocks compiled in \(compiled), placed in \(placed), read back in \(read), "
                + "compared in \(verified); one more compiled and compared in \(one)"
        )
    }

    /// From a block that is asked for to its element in the kernel, and back.
    private func timeSingleBlocks(among desired: Desired, _ lab: Lab, _ space: KernelSpace) throws {
        var desired = desired
        let residents = lab.inventory.residents
        let clock = ContinuousClock()
        var times: [Duration] = []
        for number in 0..<300 {
            let order = try Lab.order("c\(number % 100)", to: "198.51.\(number / 250).\(number % 250)", 6, 443...443)
            let block = BridgedHost.block(UInt64(30_000 + number), order)
            let start = clock.now
            let added = desired.add(block, residents: residents, host: Lab.host, at: BridgedHost.now)
            try space.commit(#require(added?[Lab.host]))
            times.append(start.duration(to: clock.now))
            let removed = desired.remove(block, residents: residents, host: Lab.host, at: BridgedHost.now)
            try space.commit(#require(removed?[Lab.host]))
        }
        times.sort()
        print(
            "enforcement: one block into the kernel among 20,000: median \(times[150]), 99th percentile \(times[297])"
        )
    }
}
