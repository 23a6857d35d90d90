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
                changed += try Self.bring(&model, to: tables, at: Lab.after(now))
                kernel[namespace] = model
            }
        }
        // That there was something to do.
        #expect(changed > 200)
        for entry in ledger.releaseAll(by: Lab.person, at: Lab.after(now)) { #expect(entry.act == .released) }
        let nothing = Desired(blocks: ledger.blocks, inventory: lab.inventory)
        for namespace in kernel.keys {
            var model = kernel[namespace] ?? ModelKernel()
            _ = try Self.bring(&model, to: nothing.namespaces[namespace] ?? [:], at: Lab.after(now))
            #expect(model.tables.isEmpty)
        }
    }

    /// Makes the changes one after the other, and looks after each at what stands and shall stand. Gives how many there were.
    private static func bring(
        _ model: inout ModelKernel,
        to desired: [Nftables.Family: DesiredTable],
        at time: Timestamp
    ) throws -> Int {
        let before = InForce(model)
        let difference = Difference(to: desired, from: model.tables, at: time)
        var goal = model
        for change in difference.changes { try goal.apply(change) }
        // What is there before and afterwards must never be away.
        let kept = before.common(with: InForce(goal))
        for (place, change) in difference.changes.enumerated() {
            try model.apply(change)
            // Ends and ranges that are taken away and put back are one step.
            if case .deleteElements(let set, _) = change, difference.changes.count > place + 1,
                case .addElements(set, _) = difference.changes[place + 1]
            {
                continue
            }
            let lost = kept.lost(in: InForce(model))
            #expect(lost.isEmpty, "after \(change): \(lost.prefix(3))")
        }
        let again = Difference(to: desired, from: model.tables, at: time)
        #expect(again.isEmpty, "\(again.changes.prefix(3))")
        let verification = Verification(of: desired, by: model.tables, at: time)
        #expect(verification.isExact && !verification.failsOpen)
        return difference.changes.count
    }
}

/// What stands in a model of the kernel, piece by piece.
private struct InForce {
    private var pieces: Set<Piece> = []

    private enum Piece: Hashable {
        case element(Nftables.Family, String, Nftables.Key)
        case rule(Nftables.Family, String, Nftables.Rule)
        case device(String, String)
        case chain(Nftables.Family, String)
    }

    init(_ kernel: ModelKernel) {
        for (family, table) in kernel.tables {
            for (set, elements) in table.elements {
                for element in elements { pieces.insert(.element(family, set, element.key)) }
            }
            for (chain, rules) in table.rules {
                for rule in rules { pieces.insert(.rule(family, chain, rule.declared)) }
            }
            for chain in table.chains {
                pieces.insert(.chain(family, chain.name))
                let word = String(chain.name.prefix { $0 != "_" })
                for device in chain.base?.devices ?? [] { pieces.insert(.device(word, device)) }
            }
        }
    }

    func common(with other: Self) -> Self {
        var result = self
        result.pieces.formIntersection(other.pieces)
        return result
    }

    func lost(in other: Self) -> [String] { pieces.subtracting(other.pieces).map { "\($0)" } }
}
