import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Support
import Testing

/// Containers of three levels come and go, with blocks among them, in the model and in the kernel.
@Suite("Levels, as containers come and go")
struct LevelChangesTests {
    /// Gives what shall stand after each of some random steps.
    private static func life(
        _ seed: UInt64,
        steps: Int,
        _ body: ([Nftables.Family: DesiredTable]) throws -> Void
    ) throws {
        var numbers = SeededNumbers(seed: seed)
        var (lab, blocks) = (Lab(), [Block]())
        let policy = LevelledSite.policy { policy in
            policy.interfaces = [LevelledSite.database]
            var wide = LevelInterface(from: LevelledSite.lowest, to: LevelledSite.middle)
            wide.traffic = Traffic(protocolNumber: 6, ports: [8000...8100])
            wide.direction = .both
            policy.interfaces.append(wide)
        }
        for step in 0..<steps {
            let name = "c\(Int.random(in: 0..<8, using: &numbers))"
            if lab.inventory.residents[Lab.key(name)] == nil {
                let level = try #require(["public", "internal", "restricted", "nobody"].randomElement(using: &numbers))
                try lab.add(name, "10.1.0.\(step)", "fd00::\(step)") {
                    $0.description.labels = [Sensitivity.label: level]
                }
            } else if Int.random(in: 0..<3, using: &numbers) > 0 {
                lab.inventory.namespaces.removeAll { $0.containers.first?.container.key == Lab.key(name) }
            } else {
                let order = try RandomOrders.order(name, &numbers)
                blocks.append(Lab.block(UInt64(step + 1), order, seconds: nil))
            }
            let mode: EnforcementMode = Int.random(in: 0..<4, using: &numbers) == 0 ? .observe : .enforce
            let plan = try LevelledSite.plan(lab.inventory, policy, mode: mode)
            try body(Desired(blocks: blocks, inventory: lab.inventory, levels: plan).namespaces[Lab.host] ?? [:])
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func nothingIsAwayInBetween(seed: UInt64) throws {
        var kernel = ModelKernel()
        var changes = 0
        try Self.life(seed, steps: 80) { changes += try kernel.bring(to: $0, at: Lab.start) }
        #expect(changes > 300)
    }

    /// Levels and one block at the same device, and then the block alone: the maps of levels go, and the chains they lead to.
    private static func levelsThatGo() throws -> [[Nftables.Family: DesiredTable]] {
        var lab = Lab()
        try lab.add("c0", "10.1.0.2") { $0.description.labels = [Sensitivity.label: "internal"] }
        let plan = try LevelledSite.plan(lab.inventory, LevelledSite.policy())
        let blocks = [Lab.block(1, try Lab.order("c0", to: "192.0.2.7"), seconds: nil)]
        return [plan, nil].map { plan in
            Desired(blocks: blocks, inventory: lab.inventory, levels: plan).namespaces[Lab.host] ?? [:]
        }
    }

    @Test func levelsGoAndABlockAtTheirDeviceStays() throws {
        var kernel = ModelKernel()
        for desired in try Self.levelsThatGo() { #expect(try kernel.bring(to: desired, at: Lab.start) > 0) }
        #expect(kernel.tables[.netdev]?.sets.map(\.name) == ["sending_blocked_v4"])
    }

    @Test func theKernelLetsLevelsGoToo() throws {
        let space = try KernelSpace()
        try space.addDevices(1)
        for desired in try Self.levelsThatGo() {
            try space.bring(to: desired, at: Lab.start)
            #expect(try space.verification(of: desired, at: Lab.start).isExact)
        }
    }

    @Test(arguments: [4, 5] as [UInt64])
    func theKernelTakesThemAll(seed: UInt64) throws {
        let space = try KernelSpace()
        try space.addDevices(8)
        var changes = 0
        try Self.life(seed, steps: 80) { desired in
            changes += try space.bring(to: desired, at: Lab.start).count
            let verification = try space.verification(of: desired, at: Lab.start)
            #expect(verification.isExact, "\(verification.lacking) \(verification.surplus)")
        }
        #expect(changes > 300)
    }
}
