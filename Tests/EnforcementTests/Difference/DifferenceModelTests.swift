import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Support
import Testing

/// Desired, the difference to what stands, the kernel's rules, and desired again: over random lives of a host.
@Suite("Difference, against a model of the kernel")
struct DifferenceModelTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func becomesWhatItShallAndLosesNothingOnTheWay(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var (lab, kernel, ledger) = (Lab(), [NetworkNamespace: ModelKernel](), BlockLedger())
        let never = try ["10.0.0.0/8", "10.1.0.1", "fd00::/8"].map { try #require(IPPrefix($0)) }
        var (now, changed): (Int64, Int) = (0, 0)
        for step in 0..<240 {
            let name = "c\(Int.random(in: 0..<5, using: &numbers))"
            switch Int.random(in: 0..<8, using: &numbers) {
            case 0, 1:
                if lab.inventory.residents[Lab.key(name)] == nil {
                    let outer = Bool.random(using: &numbers) ? Lab.host : NetworkNamespace(inode: 77)
                    try lab.add(name, "10.1.0.\(step + 2)", "fd00::\(step + 2)", behind: outer)
                } else if Bool.random(using: &numbers) {
                    lab.inventory.namespaces.removeAll { $0.containers.first?.container.key == Lab.key(name) }
                }
            case 2:
                _ = try ledger.blocks.randomElement(using: &numbers).map {
                    try ledger.release($0.identifier, by: Lab.rule, at: Lab.after(now))
                }
            case 3:
                let pause = Int64.random(in: 1..<20, using: &numbers)
                now += pause
                for namespace in kernel.keys { kernel[namespace]?.wait(pause) }
                _ = ledger.advance(to: Lab.after(now))
            default:
                let until =
                    Bool.random(using: &numbers) ? Lab.after(now + Int64.random(in: 2..<80, using: &numbers)) : nil
                _ = try ledger.add(RandomOrders.order(name, &numbers), until: until, at: Lab.after(now))
            }
            let desired = Desired(blocks: ledger.blocks, inventory: lab.inventory, neverBlock: never)
            for namespace in Set(kernel.keys).union(desired.namespaces.keys).sorted() {
                var model = kernel[namespace] ?? ModelKernel()
                let tables = desired.namespaces[namespace] ?? [:]
                changed += try model.bring(to: tables, at: Lab.after(now))
                kernel[namespace] = model
            }
        }
        // That there was something to do.
        #expect(changed > 200)
        for entry in ledger.releaseAll(by: Lab.person, at: Lab.after(now)) { #expect(entry.act == .released) }
        let nothing = Desired(blocks: ledger.blocks, inventory: lab.inventory)
        for namespace in kernel.keys {
            var model = kernel[namespace] ?? ModelKernel()
            _ = try model.bring(to: nothing.namespaces[namespace] ?? [:], at: Lab.after(now))
            #expect(model.tables.isEmpty)
        }
    }
}
