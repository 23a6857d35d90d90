import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Support
import Testing

/// One block more or less gives what working out all of them gives.
@Suite("Desired tables, block by block")
struct SingleBlockTests {
    private static func order(_ numbers: inout SeededNumbers) throws -> BlockOrder {
        let name = "c\(Int.random(in: 0..<4, using: &numbers))"
        let address = "192.0.2.\(Int.random(in: 0..<60, using: &numbers))"
        switch Int.random(in: 0..<12, using: &numbers) {
        case 0: return try Lab.quarantine(name)
        case 1: return try Lab.order(name, to: "192.0.2.0/24")
        case 2:
            let outside = try #require(IPAddress(address))
            return BlockOrder(.address(outside), .everything(allowing: []), reason: "", author: Lab.rule)
        case 3: return try Lab.order(name, to: address, 6, 80...81, options: .newOnly)
        case 4..<8: return try Lab.order(name, to: address, 6, 443...443, options: .bothDirections)
        default: return try Lab.order(name, to: address)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func givesTheSameAsAllOfThem(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var lab = Lab()
        for number in 0..<4 { try lab.add("c\(number)", "10.1.0.\(number + 2)") }
        let residents = lab.inventory.residents
        var (ledger, kernel, believed) = (BlockLedger(), ModelKernel(), Desired())
        var (quick, whole, now) = (0, 0, 0 as Int64)
        for _ in 0..<400 {
            let pause = Int64.random(in: 0..<2, using: &numbers)
            now += pause
            kernel.wait(pause)
            let time = Lab.after(now)
            var changes: [NetworkNamespace: [TableChange]]?
            if Int.random(in: 0..<9, using: &numbers) < 4, let block = ledger.blocks.randomElement(using: &numbers) {
                _ = try ledger.release(block.identifier, by: Lab.rule, at: time)
                changes = believed.remove(block, residents: residents, host: Lab.host, at: time)
            } else {
                let until =
                    Bool.random(using: &numbers)
                    ? Lab.after(now + 5000 + Int64.random(in: 0..<3, using: &numbers)) : nil
                let block = try ledger.add(Self.order(&numbers), until: until, at: time).block
                changes = believed.add(block, residents: residents, host: Lab.host, at: time)
            }
            let all = Desired(blocks: ledger.blocks, inventory: lab.inventory)
            if let changes {
                quick += 1
                for change in changes[Lab.host] ?? [] { try kernel.apply(change) }
                #expect(Self.elements(believed) == Self.elements(all))
                #expect(believed.placements == all.placements)
            } else {
                whole += 1
                believed = all
                let difference = Difference(to: all.namespaces[Lab.host] ?? [:], from: kernel.tables, at: time)
                for change in difference.changes { try kernel.apply(change) }
            }
            // Nothing lacks in the kernel; what is too much are empty sets and rules that look them up.
            let found = Verification(of: all.namespaces[Lab.host] ?? [:], by: kernel.tables, at: time)
            let rest = found.surplus.filter { $0.contains("element") }
            #expect(found.lacking == [])
            #expect(rest == [])
        }
        #expect(quick > whole && whole > 10, "\(quick) \(whole)")
    }

    private static func elements(_ desired: Desired) -> [String: [Nftables.Key: DesiredElement]] {
        var all: [String: [Nftables.Key: DesiredElement]] = [:]
        for tables in desired.namespaces.values {
            for (family, table) in tables {
                for (name, elements) in table.elements where !elements.isEmpty { all["\(family) \(name)"] = elements }
            }
        }
        return all
    }

    /// Kernels before 6.12 leave an element that is there already as it is, and it would end with the block that is over.
    @Test func comesInPlaceOfOneThatIsOverAndStillThere() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let residents = lab.inventory.residents
        let order = try Lab.order("web", to: "192.0.2.7")
        let over = Lab.block(1, order, seconds: 10)
        var (believed, kernel) = (Desired(blocks: [over], inventory: lab.inventory), ModelKernel())
        try kernel.apply(Difference(to: #require(believed.namespaces[Lab.host]), from: [:], at: Lab.start).changes)
        kernel.wait(9)
        // The kernel's clock for it began a second later than ours.
        let time = Lab.after(10)
        try kernel.apply(believed.remove(over, residents: residents, host: Lab.host, at: time)?[Lab.host] ?? [])
        #expect(kernel.tables[.netdev]?.elements["sending_blocked_v4"] == [])
        // Nor is it in the way when nobody took it out.
        try kernel.apply(
            Difference(
                to: Desired(blocks: [over], inventory: lab.inventory).namespaces[Lab.host] ?? [:],
                from: kernel.tables,
                at: Lab.after(9)
            ).changes
        )
        let next = Lab.block(2, order, seconds: 600)
        let added = believed.add(next, residents: residents, host: Lab.host, at: time)
        try kernel.apply(#require(added?[Lab.host]))
        let element = try #require(kernel.tables[.netdev]?.elements["sending_blocked_v4"]?.first)
        #expect(element.expiration == .seconds(590) && element.comment == "#2")
    }

    /// Which blocks an element stands for is told in its comment, from which blocks are taken away without a ledger.
    @Test func ofSharedElementsTheCommentsAreTrue() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let residents = lab.inventory.residents
        let order = try Lab.order("web", to: "192.0.2.7")
        let (one, two) = (Lab.block(1, order, seconds: 10), Lab.block(2, order, seconds: 600))
        var believed = Desired(blocks: [one], inventory: lab.inventory)
        let added = believed.add(two, residents: residents, host: Lab.host, at: Lab.start)
        #expect(added == nil)
        believed = Desired(blocks: [one, two], inventory: lab.inventory)
        let removed = believed.remove(one, residents: residents, host: Lab.host, at: Lab.start)
        #expect(removed == nil)
        // All is worked out anew then, and the element is told anew, with what it has counted.
        var kernel = ModelKernel()
        for (blocks, comment) in [([one], "#1"), ([one, two], "#1 #2"), ([two], "#2")] {
            let desired = try #require(Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host])
            try kernel.apply(Difference(to: desired, from: kernel.tables, at: Lab.start).changes)
            let element = try #require(kernel.tables[.netdev]?.elements["sending_blocked_v4"]?.first)
            #expect(element.comment == comment)
            if comment == "#1" {
                kernel.tables[.netdev]?.elements["sending_blocked_v4"]?[0].counter = .init(packets: 7, bytes: 9)
            }
            #expect(comment == "#1" || element.counter?.packets == 7)
        }
    }

    /// What stands elsewhere than it would now is not found by looking at who is here now.
    @Test func whoseContainerHasMovedOrGoneIsWorkedOutAnew() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let block = Lab.block(1, try Lab.order("web", to: "192.0.2.7"))
        let believed = Desired(blocks: [block], inventory: lab.inventory)
        var (same, gone, moved, late) = (believed, believed, believed, Desired())
        let removed = same.remove(block, residents: lab.inventory.residents, host: Lab.host, at: Lab.start)
        #expect(removed != nil)
        let ofNobody = gone.remove(block, residents: [:], host: Lab.host, at: Lab.start)
        #expect(ofNobody == nil && gone == believed)
        var other = lab
        try other.change("web") { $0.interfaces[0].peer?.name = "veth-other" }
        let elsewhere = moved.remove(block, residents: other.inventory.residents, host: Lab.host, at: Lab.start)
        #expect(elsewhere == nil && moved == believed)
        // It was not here when it was blocked.
        let nothing = late.add(block, residents: [:], host: Lab.host, at: Lab.start)
        let unknown = late.remove(block, residents: lab.inventory.residents, host: Lab.host, at: Lab.start)
        #expect(nothing == [:] && unknown == nil)
    }

    @Test func amongTwentyThousandItTakesNoLonger() throws {
        var lab = Lab()
        for number in 0..<100 { try lab.add("c\(number)", "10.1.\(number).2") }
        let residents = lab.inventory.residents
        func block(_ number: Int) throws -> Block {
            let address = "192.\(number / 65536).\(number / 256 % 256).\(number % 256)"
            return Lab.block(UInt64(number + 1), try Lab.order("c\(number % 100)", to: address, 6, 443...443))
        }
        let blocks = try (0..<20_000).map(block)
        let more = try (20_000..<21_000).map(block)
        var desired = Desired(blocks: blocks, inventory: lab.inventory)
        let clock = ContinuousClock()
        let start = clock.now
        for block in more {
            let changes = desired.add(block, residents: residents, host: Lab.host, at: Lab.start)
            #expect(changes?.values.map(\.count) == [2])
        }
        let added = start.duration(to: clock.now)
        #expect(desired.elementCount == 21_000)
        for block in more {
            let changes = desired.remove(block, residents: residents, host: Lab.host, at: Lab.start)
            #expect(changes?.values.map(\.count) == [1])
        }
        let removed = start.duration(to: clock.now) - added
        #expect(desired.elementCount == 20_000)
        print("enforcement: among 20,000 blocks, one more takes \(added / 1000), one less \(removed / 1000)")
    }
}
