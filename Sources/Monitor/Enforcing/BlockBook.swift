import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Privilege
import Records

/// The blocks as the thread that keeps them sees them: the ledger, who is here, what shall stand, and how each block stands.
///
/// It knows no thread and no clock; the kernel it has through `KernelTables`.
final class BlockBook {
    var ledger: BlockLedger
    var rails: GuardRails
    var settings: EnforcementSettings
    var neighbourhood = Neighbourhood()
    let kernel: KernelTables
    /// What each block that holds stands as.
    var states: [BlockIdentifier: BlockRecord.State] = [:]
    var tally = StoppedTally()
    var plan: ResponsePlan
    /// When which refusal was said last.
    var refusals: [String: Timestamp] = [:]
    /// Whether everything was let go: then nothing stands but what people ask for, until there are other settings.
    var hasPanicked = false
    /// What of ours could not be taken away then.
    var clearFailures: [String] = []
    private let privileged: PrivilegedThread
    private var surroundings = Surroundings()
    private var surveyed: Timestamp?
    private var compiled: CompiledPolicy
    var desired = Desired()
    /// What was told and nobody took yet.
    private(set) var told: [BlockRecord] = []
    private(set) var remarks: [String] = []
    /// Blocks that ended, the newest last.
    private(set) var ended: [BlockRecord] = []
    private var said: Set<String> = []

    /// What the tables were made of when they were made last.
    private var settledLedger: UInt64?
    private var settledNeighbours: UInt64?
    private var isStale = false
    /// When what stands is looked at again, though nothing is known to have changed: nanoseconds by the steady clock.
    private(set) var nextLook: Int64?
    /// Containers that blocks are of, as they were known last: they are told of also when they are gone.
    private var containers: [String: Container] = [:]
    /// How long a look may take of all time: a twentieth.
    private static var lookShare: Int64 { 20 }
    private static var second: Int64 { 1_000_000_000 }
    /// Blocks that ended and are remembered here.
    static var endedLimit: Int { 1024 }

    init(
        kernel: KernelTables,
        privileged: PrivilegedThread,
        settings: EnforcementSettings,
        firstNumber: UInt64
    ) {
        self.kernel = kernel
        self.privileged = privileged
        plan = ResponsePlan(settings: settings.responses)
        compiled = CompiledPolicy(settings.policy)
        self.settings = settings
        ledger = BlockLedger(firstNumber: firstNumber)
        rails = GuardRails(mode: settings.mode, limits: settings.limits, protected: settings.protected)
    }

    /// Goes by other settings.
    func apply(_ settings: EnforcementSettings) {
        hasPanicked = false
        if settings.policy != self.settings.policy { compiled = CompiledPolicy(settings.policy) }
        self.settings = settings
        rails.mode = settings.mode
        rails.limits = settings.limits
        rails.protected = settings.protected
        plan.settings = settings.responses
        doubt()
    }

    /// Says something that came of a block.
    func tell(_ record: BlockRecord) { told.append(record) }

    /// What was told since it was taken last.
    func takeTold() -> [BlockRecord] {
        defer { told = [] }
        return told
    }

    func takeRemarks() -> [String] {
        defer { remarks = [] }
        return remarks
    }

    /// Says something to a person, once.
    func remark(_ text: String) {
        if said.count < 1024, said.insert(text).inserted { remarks.append(text) }
    }

    // MARK: What becomes of blocks

    /// Puts blocks back that held before a restart. Containers are known by their identifiers: each run of the agent counts their runs anew.
    func restore(_ records: [BlockRecord], at time: Timestamp) {
        let residents = neighbourhood.look().residents
        let newest = Self.newest(of: residents)
        var blocks: [Block] = []
        var gone: [ContainerKey] = []
        for record in records {
            var order = record.block.order
            if case .container(let old) = order.subject {
                let key = newest[old.identifier] ?? ContainerKey(identifier: old.identifier, generation: 0)
                order.subject = .container(key)
                if newest[old.identifier] == nil { gone.append(key) }
            }
            tally.begin(record.block.identifier, with: record.stopped)
            if let container = record.container { containers[container.key.identifier] = container }
            blocks.append(
                Block(
                    identifier: record.block.identifier,
                    order: order,
                    from: record.block.from,
                    until: record.block.until
                )
            )
        }
        for entry in ledger.restore(blocks, at: time) { note(entry) }
        for key in gone { ledger.containerEnded(key, at: time) }
        for record in records where ledger[record.block.identifier] != nil {
            ledger.note(record.stopped, by: record.block.identifier)
            states[record.block.identifier] = .pending
        }
    }

    /// Takes in what became so of the host.
    func learn(_ entries: [JournalEntry], at time: Timestamp) {
        let before = neighbourhood.revision
        neighbourhood.learn(entries)
        guard neighbourhood.revision != before, ledger.count > 0 else { return }
        let residents = neighbourhood.look().residents
        let newest = Self.newest(of: residents)
        for block in ledger.blocks {
            guard case .container(let key) = block.order.subject, residents[key] == nil else { continue }
            if let other = newest[key.identifier], other.generation > key.generation {
                for entry in ledger.containerStarted(other, at: time) { note(entry) }
            } else {
                ledger.containerEnded(key, at: time)
            }
        }
    }

    /// Lets go of what is over.
    func advance(to time: Timestamp) {
        for entry in ledger.advance(to: time) { note(entry) }
    }

    /// Takes in what became of a block, and tells it.
    func note(_ entry: AuditEntry) {
        let identifier = entry.block.identifier
        if entry.leavesInForce {
            states[identifier] = .pending
            var record = record(of: entry.block, .added, at: entry.time)
            if case .followed = entry.act { record.message = "its container runs again, and it goes with it" }
            if entry.act == .restored { record.message = "it was let go, and holds again" }
            tell(record)
        } else {
            states[identifier] = nil
            tally.forget(identifier)
            var record = record(of: entry.block, .ended, at: entry.time)
            record.state = .ended
            record.stopped = entry.stopped
            record.ended = entry.time
            record.endedBy = entry.act.words(entry.author)
            ended.append(record)
            if ended.count > Self.endedLimit { ended.removeFirst(ended.count - Self.endedLimit) }
            tell(record)
        }
    }

    /// A block as it stands.
    func record(of block: Block, _ action: BlockRecord.Action, at time: Timestamp) -> BlockRecord {
        let identifier = block.identifier
        var record = BlockRecord(action, block, state: states[identifier] ?? .pending, at: time)
        record.stopped = ledger.stopped(by: identifier)
        if case .container(let key) = block.order.subject {
            if let container = neighbourhood.look().residents[key]?.container {
                containers[key.identifier] = container
            }
            record.container = containers[key.identifier]
        }
        return record
    }

    private static func newest(of residents: [ContainerKey: Resident]) -> [String: ContainerKey] {
        Dictionary(residents.keys.map { ($0.identifier, $0) }) { max($0, $1) }
    }

    // MARK: The kernel

    /// Whether what stands is to be made anew, or looked at.
    func isDue(elapsed: Int64) -> Bool {
        isStale || ledger.revision != settledLedger || hasOthers || nextLook.map { $0 <= elapsed } ?? false
    }

    /// Whether somebody came or went, and that may matter.
    private var hasOthers: Bool {
        neighbourhood.revision != settledNeighbours
            && (ledger.count > 0 || !desired.namespaces.isEmpty || !settings.policy.sensitivity.abstains)
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
        if isStale || ledger.revision != settledLedger || neighbourhood.revision != settledNeighbours {
            work(at: time)
        }
        let isFirst = settledLedger == nil
        settledLedger = ledger.revision
        settledNeighbours = neighbourhood.revision
        isStale = false
        var lacking: [NetworkNamespace: [String]] = [:]
        var failures: [NetworkNamespace: String] = [:]
        var stopped: [BlockIdentifier: StoppedTraffic] = [:]
        let wanted = Set(desired.namespaces.keys)
        let host = neighbourhood.look().inventory.host
        var all = wanted.union(kernel.open)
        // What an agent before this one left behind.
        if isFirst { all.formUnion(neighbourhood.look().inventory.namespaces.compactMap(\.namespace)) }
        if let host, isFirst { all.insert(host) }
        for namespace in all.sorted() {
            switch kernel.settle(namespace, desired.namespaces[namespace] ?? [:]) {
            case .settled(let settled):
                if settled.verification.failsOpen { lacking[namespace] = settled.verification.lacking }
                if let touch = touches[namespace], touch.isLoss, touch.isForeign, !settled.lacked.isEmpty {
                    noteRepair(in: namespace, settled, touch, at: time)
                }
                for (block, traffic) in settled.verification.stopped {
                    stopped[block] = (stopped[block] ?? StoppedTraffic()) + traffic
                }
            case .failed(let why):
                if namespace == host { remark("nothing can be blocked: \(why)") }
                if wanted.contains(namespace) { failures[namespace] = why }
            }
        }
        forgetContainers()
        for block in ledger.blocks {
            let identifier = block.identifier
            if let now = stopped[identifier] { ledger.note(tally.note(now, by: identifier), by: identifier) }
            let places = Set(desired.placements[identifier]?.places.map(\.namespace) ?? [])
            let why = places.sorted().lazy.compactMap { failures[$0] ?? lacking[$0]?.first }.first
            judge(block, isPlaced: !places.isEmpty, why, at: time)
        }
        // What could not be made now may be made soon.
        let took = elapsed() - began
        let pause = failures.isEmpty && lacking.isEmpty ? max(Self.second, took * Self.lookShare) : Self.second / 5
        nextLook = ledger.count == 0 && desired.namespaces.isEmpty ? nil : elapsed() + pause
    }

    /// Works out what shall stand.
    private func work(at time: Timestamp) {
        let (inventory, residents) = neighbourhood.look()
        refreshNeverBlock(at: time)
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

    /// What is never blocked, as of now; the host is looked at again after some seconds at the earliest.
    func refreshNeverBlock(at time: Timestamp) {
        let isFresh = surveyed.map { 0..<Self.surveyPause ~= time.nanoseconds &- $0.nanoseconds } ?? false
        if !isFresh {
            surveyed = time
            surroundings = Surroundings(privileged) { remark($0) }
        }
        var never = NeverBlockSet(exempt: settings.exempt)
        never.insert(neighbourhood.look().inventory)
        surroundings.insert(into: &never)
        var hasRoom = true
        for block in settings.addresses { hasRoom = never.insert(block.prefix, block.role) && hasRoom }
        if !hasRoom { remark("there are more addresses that are never blocked than can be kept: some may be") }
        rails.neverBlock = never
    }

    /// Nanoseconds between two looks at the host.
    private static var surveyPause: Int64 { 5_000_000_000 }

    /// What is enforced between levels; nil where none are declared.
    private func levels(_ inventory: Inventory) -> LevelPlan? {
        guard !settings.policy.sensitivity.abstains, !hasPanicked else { return nil }
        var inside: Set<IPPrefix> = []
        for interface in inventory.namespaces.flatMap(\.interfaces) {
            for address in interface.addresses where !address.isOfLink {
                if let prefix = IPPrefix(address.address, length: Int(address.prefixLength)) { inside.insert(prefix) }
            }
        }
        let blocks = inside.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
        return LevelPlan(&compiled, inventory: inventory, inside: blocks, mode: rails.mode)
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

    /// How a block stands by what was read back.
    private func judge(_ block: Block, isPlaced: Bool, _ why: String?, at time: Timestamp) {
        let old = states[block.identifier]
        let new: BlockRecord.State = why != nil ? .failsOpen : isPlaced ? .holds : .waiting
        guard old != new else { return }
        states[block.identifier] = new
        if new == .holds {
            var record = record(of: block, .verified, at: time)
            if old == .pending, block.order.options.contains(.cut) { record.message = cut(block) }
            tell(record)
        } else if let why {
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
        guard let first = concerned.first else { return }
        var record = record(of: first, .failsOpen, at: time)
        let who = touch.process.map { "\($0) changed" } ?? "somebody changed"
        let others = concerned.count > 1 ? ", and \(concerned.count - 1) more blocks" : ""
        let repaired = settled.verification.failsOpen ? "" : "; it is mended"
        record.message =
            "\(who) the table portolan: \(settled.lacked.first ?? "") (block \(first.identifier)\(others))\(repaired)"
        tell(record)
    }
}

extension AuditEntry.Act {
    /// Who or what ended it.
    fileprivate func words(_ author: BlockAuthor) -> String {
        switch self {
        case .timedOut: "its time is over"
        case .containerEnded: "its container ended"
        default: "\(author)"
        }
    }
}
