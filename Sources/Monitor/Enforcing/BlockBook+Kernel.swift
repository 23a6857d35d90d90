import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Records

/// What shall stand in the kernel, and whether it does.
extension BlockBook {
    /// How long a look may take of all time: a twentieth.
    private static var lookShare: Int64 { 20 }
    private static var second: Int64 { 1_000_000_000 }
    /// Nanoseconds for which the kernel may refuse something before that is told.
    private static var grace: Int64 { 200_000_000 }

    /// Whether what stands is to be made anew, or looked at.
    func isDue(elapsed: Int64) -> Bool {
        isStale || ledger.revision != settledLedger || hasOthers || nextLook.map { $0 <= elapsed } ?? false
    }

    /// Whether somebody came or went, and that may matter.
    private var hasOthers: Bool {
        neighbourhood.revision != settledNeighbours
            && (ledger.count > 0 || !desired.namespaces.isEmpty || !settings.policy.sensitivity.abstains
                || !settings.heldNetworks.isEmpty)
    }

    /// What stands is to be looked at soon.
    func doubt() { isStale = true }

    /// Makes what shall stand stand, everywhere, and sees how it stands. `touches` are what others did.
    func settle(
        at time: Timestamp,
        touches: [NetworkNamespace: NamespaceTables.Touch] = [:],
        elapsed: () -> Int64
    ) {
        let began = elapsed()
        if settleFew(at: time, elapsed: began) { return }
        unsettled = []
        // Only of what something stood at.
        var renamed = unsaidNames
        renamed += neighbourhood.takeRenamed().filter { stands(at: $0.old, in: $0.key.namespace) }
        refreshNeverBlock(at: time)
        let never = rails.neverBlock.prefixes
        if isStale || ledger.revision != settledLedger || neighbourhood.revision != settledNeighbours
            || never != settledNeverBlock
        {
            work()
            workHolding(at: time, elapsed: began)
        }
        settledNeverBlock = never
        let isFirst = settledLedger == nil
        settledLedger = ledger.revision
        settledNeighbours = neighbourhood.revision
        isStale = false
        failures = [:]
        var stopped: [BlockIdentifier: StoppedTraffic] = [:]
        let wanted = Set(desired.namespaces.keys)
        let host = neighbourhood.look().inventory.host
        var all = wanted.union(kernel.open)
        if isFirst {
            if let host { all.insert(host) }
            unvisited = Set(neighbourhood.look().inventory.namespaces.compactMap(\.namespace)).subtracting(all)
        }
        for namespace in all.sorted() {
            switch kernel.settle(namespace, desired.namespaces[namespace] ?? [:]) {
            case .settled(let settled):
                if let touch = touches[namespace], touch.isLoss, touch.isForeign, !settled.lacked.isEmpty {
                    noteRepair(in: namespace, settled, touch, at: time)
                }
                noteHeld(settled.verification.held, in: namespace)
                for (block, traffic) in settled.verification.stopped {
                    stopped[block] = (stopped[block] ?? StoppedTraffic()) + traffic
                }
            case .failed(let why):
                // Whoever starts without the right has said so of all that it costs.
                if namespace == host, kernel.lack() != .right { remark("nothing can be blocked: \(why)") }
                if wanted.contains(namespace) { failures[namespace] = why }
            }
        }
        letThrough(failing: Set(failures.keys), elapsed: elapsed())
        heldTally.waiting = held.waitingCount
        forgetContainers()
        for renamed in renamed where failures[renamed.key.namespace] == nil { noteRenamed(renamed, at: time) }
        unsaidNames = Array(renamed.filter { failures[$0.key.namespace] != nil }.prefix(256))
        for block in ledger.blocks {
            let identifier = block.identifier
            if let now = stopped[identifier] { ledger.note(tally.note(now, by: identifier), by: identifier) }
            let places = Set(desired.placements[identifier]?.places.map(\.namespace) ?? [])
            let why = places.sorted().lazy.compactMap { self.failures[$0] }.first
            judge(block, isPlaced: !places.isEmpty, why, at: time, elapsed: began)
        }
        // What could not be made now may be made soon.
        let took = elapsed() - began
        let isFresh = failing.values.contains { began - $0.since < Self.grace }
        let pause = isFresh ? Self.grace : max(Self.second, took * Self.lookShare)
        nextLook = ledger.count == 0 && desired.namespaces.isEmpty ? nil : elapsed() + pause
    }

    /// Takes away what an agent before this one left behind where nothing shall stand: in some namespaces at a time, the first look over,
    /// as there may be thousands of them and somebody may ask for a block meanwhile.
    func visit() {
        for namespace in unvisited.sorted().prefix(8) {
            unvisited.remove(namespace)
            _ = kernel.settle(namespace, desired.namespaces[namespace] ?? [:])
        }
    }

    /// Works out what shall stand.
    private func work() {
        let (inventory, residents) = neighbourhood.look()
        let levels = levels(inventory)
        for gap in levels?.gaps ?? [] { remark("levels: \(gap)") }
        desired = Desired(
            blocks: ledger.blocks.filter { !ledger.isWaiting($0.identifier) },
            residents: residents,
            host: inventory.host,
            sparing: settings.protected,
            neverBlock: rails.neverBlock.prefixes,
            levels: levels
        )
    }

    /// Names of containers that no block is of are not kept.
    private func forgetContainers() {
        guard containers.count > 2 * ledger.count + 64 else { return }
        var wanted: Set<String> = []
        for block in ledger.blocks {
            if case .container(let key) = block.order.subject { wanted.insert(key.identifier) }
        }
        containers = containers.filter { wanted.contains($0.key) }
    }

    /// How a block stands by what was read back. What the kernel refuses once may have to do with a device that is about to be told gone;
    /// what it refuses for longer than a moment fails open.
    func judge(_ block: Block, isPlaced: Bool, _ why: String?, at time: Timestamp, elapsed: Int64) {
        let old = states[block.identifier]
        var new: BlockRecord.State = isPlaced ? .holds : .waiting
        if let why {
            let since = failing[block.identifier]?.since ?? elapsed
            failing[block.identifier] = (since, why)
            new = old == .failsOpen || elapsed - since >= Self.grace ? .failsOpen : .pending
        } else {
            failing[block.identifier] = nil
        }
        guard old != new else { return }
        states[block.identifier] = new
        if new == .holds {
            var record = record(of: block, .verified, at: time)
            if uncut.remove(block.identifier) != nil { record.message = cut(block) }
            tell(record)
        } else if let why, new == .failsOpen {
            var record = record(of: block, .failsOpen, at: time)
            record.message = "what block \(block.identifier) stops may pass: \(why)"
            tell(record)
        }
    }

    /// Ends what would hang; says how much that was.
    private func cut(_ block: Block) -> String? {
        let residents = circumstances(of: block.order).subjects.filter { !$0.isMeant(by: settings.protected) }
        let cut = ConnectionCut(block.order, residents, privileged: privileged) { kernel.path($0) }
        for failure in cut.failures { remark("not all was cut: \(failure)") }
        return cut.words
    }

    /// Whether something shall stand at a device.
    private func stands(at device: String, in namespace: NetworkNamespace) -> Bool {
        let table = desired.namespaces[namespace]?[.netdev]
        return table?.chains.values.contains { $0.base?.devices?.contains(device) ?? false } ?? false
    }

    /// A device was given another name, and until that was known nothing that goes by its name held: told once, for all blocks.
    private func noteRenamed(_ renamed: Neighbourhood.Renamed, at time: Timestamp) {
        let namespace = renamed.key.namespace
        let concerned = ledger.blocks.filter { block in
            desired.placements[block.identifier]?.places.contains {
                $0.namespace == namespace && $0.local == .device(renamed.new)
            } ?? false
        }
        let text =
            "\(renamed.old) is called \(renamed.new) now; until that was known, what is stopped there may have passed"
        guard let first = concerned.first else {
            let key = Nftables.Key(.interface(renamed.new))
            let table = desired.namespaces[namespace]?[.netdev]
            if table?.elements["\(PlaceHook.sending.rawValue)_by_level"]?[key] != nil { remark("levels: \(text)") }
            return
        }
        var record = record(of: first, .failsOpen, at: time)
        let others = concerned.count > 1 ? ", and \(concerned.count - 1) more blocks" : ""
        record.message = "\(text) (block \(first.identifier)\(others)); it is mended"
        tell(record)
    }

    /// Somebody took something of ours away, and it is there again: told once, whatever the number of blocks.
    private func noteRepair(
        in namespace: NetworkNamespace,
        _ settled: NamespaceTables.Settled,
        _ touch: NamespaceTables.Touch,
        at time: Timestamp
    ) {
        let concerned = ledger.blocks.filter { block in
            desired.placements[block.identifier]?.places.contains { $0.namespace == namespace } ?? false
        }
        let who = touch.process.map { "\($0) changed" } ?? "somebody changed"
        let repaired = settled.verification.failsOpen ? "" : "; it is mended"
        guard let first = concerned.first else {
            // What keeps levels apart or holds is of no block.
            remark("\(who) the table portolan, and what is kept apart or held there may have passed\(repaired)")
            return
        }
        var record = record(of: first, .failsOpen, at: time)
        let others = concerned.count > 1 ? ", and \(concerned.count - 1) more blocks" : ""
        record.message =
            "\(who) the table portolan: \(settled.lacked.first ?? "") (block \(first.identifier)\(others))\(repaired)"
        tell(record)
    }
}
