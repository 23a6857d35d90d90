import Addressing
import Agent
import Configuration
import Containers
import Detection
import Enforcement
import Logging
import Monitor
import Policy
import Records
import Store
import Synchronization

/// The blocks of a running agent: begun with what is remembered of them, and what becomes of them told on.
final class AgentBlocks {
    /// What the host's watch tells goes in here, from its beginning on.
    let facts: Inbox<JournalEntry>
    private(set) var enforcer: Enforcer?
    private let log: Logger
    private var isOver = false
    private var settings = EnforcementSettings()

    init(log: Logger) throws {
        facts = try Inbox(limit: 1 << 20)
        self.log = log
    }

    /// Begins, when the host is watched. What is remembered holds again, and the kernel is brought to it.
    func begin(_ monitor: LiveMonitor, _ keeper: StoreKeeper?) throws -> Enforcer {
        var known: [BlockRecord] = []
        var last: UInt64 = 0
        if let store = keeper?.store {
            do {
                // First: a number that was given is never given again.
                last = try store.lastBlockNumber()
                known = try store.blocksInForce { log.error("a block that held before is not known: \($0)") }
            } catch {
                log.error("blocks that held before are not known: \(error)")
            }
        }
        let watch = monitor.watch
        let enforcer = try Enforcer(
            privileged: monitor.enforcing ?? monitor.privileged,
            home: watch.home,
            facts: facts,
            settings: settings,
            firstNumber: last + 1,
            path: { watch.path(of: $0) }
        ) { records, done in
            guard let keeper else { return done() }
            keeper.put(StoreBatch(of: records), isWritten: done)
        }
        try enforcer.begin(with: known)
        self.enforcer = enforcer
        return enforcer
    }

    /// Goes by another configuration and another policy from now on.
    func apply(_ configuration: Configuration.Enforcement, _ policy: DeclaredPolicy) {
        settings = EnforcementSettings(configuration, policy)
        enforcer?.apply(settings)
    }

    /// Has an alert answered as the policy has it. On the thread that captures, and never waits.
    func respond(to alert: Alert) {
        guard let enforcer, let trouble = Trouble(alert, settings.policy) else { return }
        enforcer.respond(to: trouble)
    }

    /// Says what became of blocks; what fails open is an alert.
    func tell(_ alert: (AlertRecord) -> Void) {
        guard let enforcer else { return }
        for record in enforcer.told.take() {
            let line = BlockLine.text(record)
            switch record.action {
            case .failsOpen:
                log.error("\(line)")
                alert(AlertRecord(failingOpen: record))
            case .refused, .observed: log.warning("\(line)")
            case .state, .added, .verified, .ended: log.notice("\(line)")
            }
        }
        for remark in enforcer.remarks.take() { log.warning("\(Printable.text(remark))") }
    }

    /// What came of holding devices until they are known; nil where none is to be.
    var held: HoldCondition? {
        guard !settings.heldNetworks.isEmpty, let held = enforcer?.held else { return nil }
        return HoldCondition(
            packets: held.packets,
            waiting: held.waiting,
            released: held.released,
            overdue: held.overdue
        )
    }

    /// Before what needs capabilities cannot be done any more; another time it does nothing.
    func end() {
        guard !isOver else { return }
        isOver = true
        enforcer?.end()
    }
}

extension AlertRecord {
    /// That something may have passed which a block stops.
    init(failingOpen record: BlockRecord) {
        self.init(
            rule: "enforcement.fail_open",
            name: "Fail open",
            category: "enforcement",
            severity: SeverityWord.critical.number,
            time: record.time,
            source: End(.v4(IPv4Address(bits: 0)), container: record.container),
            message: record.message ?? "a block does not hold"
        )
    }
}
