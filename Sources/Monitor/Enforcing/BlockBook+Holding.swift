import Addressing
import Containers
import Enforcement
import Netlink
import Policy

/// What is held until it is known.
extension BlockBook {
    /// Adds to what shall stand what is to be held, as far as is known who is here.
    func workHolding(at time: Timestamp, elapsed: Int64) {
        guard !hasPanicked, !settings.heldNetworks.isEmpty else {
            held.reset()
            holding = nil
            return
        }
        held.apply(settings.heldNetworks, longest: settings.holdLongest)
        let inventory = neighbourhood.look().inventory
        let until = holding?.until ?? time.advanced(by: .nanoseconds(HoldPlan.lifetime))
        holding = held.plan(
            inventory,
            standing: held.isNew ? standing(inventory) : [:],
            until: until,
            elapsed: elapsed
        )
        for namespace in (holding?.locals.keys.sorted()) ?? [] {
            guard let lack = kernel.holdLack(in: namespace) else { continue }
            holding?.locals[namespace] = nil
            remark("nothing is held until it is known: \(lack)")
        }
        if let holding { desired.insert(holding) }
    }

    /// What an agent before this one let through, where it held anything.
    private func standing(_ inventory: Inventory) -> [NetworkNamespace: Set<UInt32>] {
        var standing: [NetworkNamespace: Set<UInt32>] = [:]
        for namespace in Set(inventory.networks(settings.heldNetworks).map(\.bridge.key.namespace)) {
            guard let contents = try? kernel.standing(in: namespace) else { continue }
            standing[namespace] = HoldPlan.passing(in: contents)
        }
        return standing
    }

    /// Puts the end of holding off, so that it comes only when nobody does this any more.
    func renewHolding(at time: Timestamp) {
        guard var plan = holding else { return }
        let left = plan.until.nanoseconds &- time.nanoseconds
        // More than was ever given: the clock was set back.
        guard left < HoldPlan.renewal || left > HoldPlan.lifetime else { return }
        plan.until = time.advanced(by: .nanoseconds(HoldPlan.lifetime))
        holding = plan
        desired.insert(plan)
        for namespace in plan.locals.keys.sorted() where !kernel.change(plan.renewal(at: time), in: namespace) {
            doubt()
        }
    }

    /// Lets through who is known, if all that shall stand for him does; and whose time is over.
    func letThrough(failing: Set<NetworkNamespace>, elapsed: Int64) {
        guard let plan = holding else { return }
        let inventory = neighbourhood.look().inventory
        let ready = held.ready(inventory, needsDescription: goesByDescriptions, failing: failing, elapsed: elapsed)
        guard !ready.isEmpty else { return }
        var next = plan
        for (namespace, releases) in Dictionary(grouping: ready, by: \.port.device.key.namespace) {
            // Where the kernel cannot hold nothing waits.
            guard plan.locals[namespace] != nil else {
                for release in releases { held.release(release.port.device.key) }
                continue
            }
            let numbers = releases.map(\.port.device.key.index).sorted()
            guard kernel.change(HoldPlan.release(numbers), in: namespace) else {
                doubt()
                continue
            }
            next.locals[namespace]?.passing.formUnion(numbers)
            for release in releases {
                held.release(release.port.device.key)
                heldTally.released += 1
                if let text = release.remark {
                    heldTally.overdue += 1
                    remark(text)
                }
            }
        }
        holding = next
        desired.insert(next)
    }

    /// Lets everything through, as nobody will be there to tell who is known; returns whether anything was held, and so all is settled.
    func endHolding(at time: Timestamp, elapsed: () -> Int64) -> Bool {
        guard let plan = holding else { return false }
        settings.heldNetworks = []
        doubt()
        settle(at: time, elapsed: elapsed)
        if let why = plan.locals.keys.sorted().lazy.compactMap({ self.failures[$0] }).first {
            let left = max(0, plan.until.nanoseconds &- time.nanoseconds) / 1_000_000_000
            remark("the agent ends, and could not let go of what is held (\(why)): it is let through in \(left) s")
        } else {
            remark("the agent ends: nothing is held any more, and what is new passes before it is known")
        }
        return true
    }

    /// Counts what the kernel held: its counters begin anew with rules that are made anew.
    func noteHeld(_ now: StoppedTraffic, in namespace: NetworkNamespace) {
        let last = heldCounts[namespace] ?? StoppedTraffic()
        let isAnew = now.packets < last.packets
        heldTally.packets &+= isAnew ? now.packets : now.packets - last.packets
        heldCounts[namespace] = holding?.locals[namespace] == nil ? nil : now
    }

    /// Whether something that is to stand goes by names, images or labels.
    private var goesByDescriptions: Bool {
        let policy = settings.policy
        var selectors: [Selector] = policy.sensitivity.rules.map(\.selector) + settings.protected
        selectors += policy.interfaces.flatMap { [$0.source, $0.destination] }.compactMap { $0 }
        selectors += policy.egress.compactMap(\.source)
        if selectors.contains(where: \.needsContainer) { return true }
        return ledger.blocks.contains { block in
            if case .selector(let selector) = block.order.subject { selector.needsContainer } else { false }
        }
    }
}

extension HeldPorts.Release {
    /// What a person should know of it; nil where all is as it should be.
    fileprivate var remark: String? {
        let name = "\(port.device.name) on \(port.bridge.name)"
        let seconds = held / 1_000_000_000
        let who = port.place?.containers.first?.container.label ?? "it"
        let why: String
        switch lacking {
        case .nobody: why = "no container is known behind it"
        case .noAddress: why = "\(who) has no address there that is known"
        case .notDescribed: why = "no runtime has told what \(who) is"
        case .known: why = "not all stands that shall stop \(who)"
        case nil, .notOfContainers, .sandboxOnly: return nil
        }
        return "\(name) is let through after \(seconds) s: \(why)"
    }
}

/// What came of holding, in all.
package struct HeldTally: Hashable, Sendable {
    /// Packets and other frames that were dropped.
    package var packets: UInt64 = 0
    /// Devices that were let through, and how many of them because their time was over.
    package var released: UInt64 = 0
    package var overdue: UInt64 = 0
    /// Devices that are held now.
    package var waiting = 0

    package init() {}
}
