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
    let privileged: PrivilegedThread
    var surroundings = Surroundings()
    var surveyed: Timestamp?
    var compiled: CompiledPolicy
    var desired = Desired()
    /// What is held until it is known; nil for nothing.
    var holding: HoldPlan?
    var held = HeldPorts()
    var heldTally = HeldTally()
    /// What was held by the kernel's counters as they were last.
    var heldCounts: [NetworkNamespace: StoppedTraffic] = [:]
    /// What was told and nobody took yet.
    private(set) var told: [BlockRecord] = []
    private(set) var remarks: [String] = []
    /// Blocks that ended, the newest last.
    var ended: [BlockRecord] = []
    private var said: Set<String> = []

    /// What became of blocks since the kernel was brought to it last.
    var unsettled: [AuditEntry] = []
    /// What the tables were made of when they were made last.
    var settledLedger: UInt64?
    var settledNeighbours: UInt64?
    /// What was never blocked then.
    var settledNeverBlock: [IPPrefix] = []
    var isStale = false
    /// Where an agent before this one may have left something behind, and nobody has looked yet.
    var unvisited: Set<NetworkNamespace> = []
    /// Where what shall stand could not be made at the last look, and why: a sentence without a full stop.
    var failures: [NetworkNamespace: String] = [:]
    /// Devices that have another name, of which nothing was said as what shall stand could not be made there: some only.
    var unsaidNames: [Neighbourhood.Renamed] = []
    /// When what stands is looked at again, though nothing is known to have changed: nanoseconds by the steady clock.
    var nextLook: Int64?
    /// Blocks that the kernel did not take at the last try: since when, by the steady clock, and why, without a full stop.
    var failing: [BlockIdentifier: (since: Int64, why: String)] = [:]
    /// Blocks of which what goes on is to be ended when they hold.
    var uncut: Set<BlockIdentifier> = []
    /// Containers that blocks are of, as they were known last: they are told of also when they are gone.
    var containers: [String: Container] = [:]
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
        // What was only said holds nothing back from being done.
        if settings.mode == .enforce, self.settings.mode != .enforce {
            plan = ResponsePlan(settings: settings.responses)
            noteStanding()
        }
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
}
