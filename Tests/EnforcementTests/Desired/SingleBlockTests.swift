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
        let address = "192.0.2.\(Int.random(in: 0..<6, using: &numbers))"
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
            #expect(changes?.values.map(\.count) == [1])
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
