import Addressing
import Agent
import Configuration
import Detection
import Containers
import Glibc
import Graph
import HTTP
import Logging
import Monitor
import Pipeline
import Policy
import Privilege
import Records
import Store

/// One run of `portolan run`: watches, remembers, and answers.
final class AgentSession {
    private let live: LiveOptionsGroup
    private var configuration: AgentConfiguration
    private var log: Logger
    private let manager = ServiceManager()
    private let desk = Desk()
    private let feeds = AgentFeeds()
    private let notes: Inbox<AuditRecord>
    private let drawn = GraphSink(hearsStarts: true)
    private var meter = RateMeter()
    private let tap: RecordTap
    private let judge: DetectionSink
    private let isJudging: Bool
    private let loading = PolicyLoading()
    private let found: AlertTallyBox
    private var keeper: StoreKeeper?
    private var door: AgentDoor?
    private let blocks: AgentBlocks
    private let recording: AgentRecording
    private let cases: AgentCases
    private let started = Clock.now
    /// Monotonic nanoseconds of what is done once a second, and every ten.
    private var ticked: Int64 = 0
    /// What was noted within the last minute, and when.
    private var noted: [String: Int64] = [:]
    private var beaten: Int64 = 0

    init(_ live: LiveOptionsGroup, _ options: AgentOptions) throws {
        self.live = live
        configuration = try AgentConfiguration(options)
        log = AgentLog.logger(level: configuration.current.log.level)
        notes = try Inbox(limit: 256)
        blocks = try AgentBlocks(log: log)
        isJudging = !options.noDetection
        let current = configuration.current
        let recording = AgentRecording(
            current.recording,
            vxlanPorts: current.capture.vxlanPorts + live.vxlanPorts,
            log: log
        )
        self.recording = recording
        cases = AgentCases(log: log, packets: recording.packets)
        let feeds = feeds
        let tap = RecordTap(
            isKeeping: !configuration.current.store.path.isEmpty,
            graph: drawn,
            isFollowed: { feeds.flows.isFollowed },
            follow: { feeds.flows.put($0) },
            followAlerts: { feeds.alerts.put($0) }
        )
        self.tap = tap
        drawn.track()
        let log = log
        let found = AlertTallyBox()
        self.found = found
        let standards = Standards(configuration.policy) { log.warning("\($0)") }
        let blocks = blocks
        judge = DetectionSink(standards.policy, baseline: standards.baseline) { alert in
            blocks.respond(to: alert)
            recording.keep(for: alert)
            let record = AlertRecord(alert)
            found.tally.add(record)
            tap.tell(record)
            guard alert.severity >= AlertSeverity.medium.least else { return }
            log.warning("\(record.rule): \(Printable.text(record.message))")
        }
        judge.goLive()
        if !isJudging { log.notice("nothing is judged, as it was told with --no-detection") }
    }

    /// Watches and answers until it is to end. Throws when nobody can be answered at the socket, or nothing be watched.
    func run() throws {
        // Nothing is started from here, and what was would have no more rights than this.
        try? SystemCallFilter.noNewPrivileges()
        let log = log
        var settings = LiveSettings(live, configuration.current, isJudged: isJudging)
        settings.follower = blocks.facts
        settings.enforces = true
        settings.log = recording.recorder
        var run = LiveRun(live, settings: settings) { log.notice("\($0)") }
        run.files = ownFiles
        defer { close() }
        let seen = SplitSink(drawn, tap)
        _ = try run.run(
            into: SplitSink(RunReport { log.warning("\($0)") }, isJudging ? SplitSink(judge, seen) : seen),
            opened: open,
            isOver: isOver,
            idle: idle
        )
    }

    /// Files of its own that it makes, or makes anew, while it runs.
    private var ownFiles: [String] {
        var files = [configuration.current.store.path, configuration.current.api.socket].filter { !$0.isEmpty }
        // What was kept may be let go where nothing is written, too.
        if configuration.current.recording.mode != .off || cases.packets != nil {
            files.append(recording.ring.settings.path)
        }
        return files
    }

    private func isOver() -> Bool {
        if Interrupt.isThere, !tap.isEnding {
            manager.stopping()
            tap.isEnding = true
        }
        return false
    }

    /// Before the first packet, when this thread has no capabilities any more.
    private func open(_ monitor: LiveMonitor) throws {
        restrict()
        let current = configuration.current
        if !current.store.path.isEmpty {
            OwnFolder.make(for: current.store.path)
            let keeper = try StoreKeeper(
                path: current.store.path,
                retention: RetentionRules(current),
                version: Portolan.version
            )
            self.keeper = keeper
            tap.keeper = keeper
            restore(from: keeper)
            reconcile(with: keeper)
        }
        blocks.apply(current.enforcement, configuration.policy)
        let enforcer = try blocks.begin(monitor, keeper)
        monitor.willEnd = { [blocks] in blocks.end() }
        let readers = Access.group(current.api.group)
        door = try AgentDoor(current, routes: routes(enforcer, readers: readers), readers: readers, log: log)
        tap.add(AuditRecord(time: Clock.now, actor: "agent", act: "start", outcome: Portolan.version))
        // Last: a start that fails leaves no file behind.
        recording.begin()
        manager.ready("watching")
    }

    private func restrict() {
        do throws(PrivilegeError) {
            // The privileged threads are there already, and are the only ones that the stricter of the two does not bind.
            let process = try SystemCallFilter.install(.process)
            let thread = try SystemCallFilter.install(.thread)
            if process == .unavailable || thread == .unavailable {
                log.notice("this kernel cannot refuse system calls")
            }
        } catch {
            log.warning("system calls are not refused: \(error)")
        }
    }

    private func routes(_ enforcer: Enforcer, readers: UInt32?) -> AgentRoutes {
        let keeper = keeper
        let service = BlockService(enforcer: enforcer) { keeper?.store }
        let notes = notes
        let caseService = CaseService(keeper: keeper)
        return AgentRoutes(
            desk: desk,
            feeds: feeds,
            access: Access(owner: geteuid(), readers: readers),
            store: { keeper?.store },
            clock: { Clock.now },
            acts: AgentActs(
                reload: { Interrupt.askReload() },
                blocks: { await service.answer($0) },
                release: { await caseService.release($0, $1) },
                packets: cases.packets
            ) { actor, act, outcome in
                notes.put([AuditRecord(time: Clock.now, actor: actor, act: act, outcome: outcome)])
            }
        )
    }

    /// Puts the last hour of the graph back.
    private func restore(from keeper: StoreKeeper) {
        guard let store = keeper.store else { return }
        let now = started.seconds
        do {
            let known = try store.minutes(MinuteQuery(span: (now - 3600)..<(now + 60)))
            drawn.restore(known.minutes, known.endpoints)
        } catch {
            log.warning("the graph begins anew: \(error)")
        }
        var query = AlertQuery()
        query.since = Timestamp(nanoseconds: started.nanoseconds - 3_600_000_000_000)
        query.isNewestFirst = true
        do {
            for record in try store.alerts(query).records { found.tally.recall(record) }
        } catch {
            log.warning("alerts of the last hour are not counted: \(error)")
        }
    }

    /// Does with packets what the run before was to do.
    private func reconcile(with keeper: StoreKeeper) {
        guard let packets = cases.packets, let store = keeper.store else { return }
        do {
            guard let heard = try store.heard(before: started) else { return }
            let cases = try store.cases(isAll: true) { log.warning("\($0)") }
            packets.reconcile(cases, since: Timestamp(nanoseconds: heard.nanoseconds &- 60_000_000_000))
        } catch {
            log.warning("packets of cases stay as they are: \(error)")
        }
    }

    private func idle(_ monitor: LiveMonitor) {
        let elapsed = Clock.monotonic
        tap.flush()
        recording.flush()
        tellBlocks()
        if elapsed - ticked >= 1_000_000_000 {
            ticked = elapsed
            tick()
            if tap.wantsInventory(elapsed: elapsed) {
                let now = Clock.now
                tap.add(inventory: monitor.standing.map { JournalEntry(time: now, change: $0) }, at: now)
            }
        }
        if elapsed - beaten >= 10_000_000_000 {
            beaten = elapsed
            feeds.beat()
        }
        desk.serve(at: Clock.now) { view(of: monitor, at: $0) }
    }

    private func tellBlocks() {
        blocks.tell { alert in
            found.tally.add(alert)
            tap.tell(alert)
        }
    }

    private func tick() {
        let changes = tap.flushGraph()
        meter.note(changes, at: Clock.now)
        if !changes.isEmpty { feeds.changes.put([changes]) }
        for note in notes.take() where isNews(note) { tap.add(note) }
        for remark in keeper?.remarks.take() ?? [] { log.warning("\(remark)") }
        recording.tick()
        if let keeper { cases.tell(keeper.cases.take()) }
        // Packets of a moment ago may still be on their way here.
        if isJudging { judge.advance(to: Timestamp(nanoseconds: Clock.now.nanoseconds - 2_000_000_000)) }
        if let (standards, remarks) = loading.take() {
            judge.apply(standards.policy, baseline: standards.baseline)
            for remark in remarks { log.warning("\(remark)") }
        }
        door?.heal()
        if Interrupt.takeReload() { reload() }
        manager.alive()
    }

    /// Whether the same was not noted within the last minute: whoever may only ask must not fill the audit.
    private func isNews(_ note: AuditRecord) -> Bool {
        noted = noted.filter { note.time.seconds - $0.value < 60 && note.time.seconds >= $0.value }
        let key = "\(note.actor) \(note.act) \(note.outcome)"
        if noted[key] != nil { return false }
        noted[key] = note.time.seconds
        return true
    }

    private func reload() {
        manager.reloading()
        var outcome = "done"
        switch configuration.reload() {
        case .refused(let rejection):
            for line in rejection.lines { log.error("\(line)") }
            log.error("the configuration stays as it was")
            outcome = "refused"
        case .changed(let keys, let waiting):
            log.logLevel = Logger.Level(configuration.current.log.level)
            keeper?.setRetention(RetentionRules(configuration.current))
            // Also when it says the same: its feeds may have changed.
            loading.begin(configuration.policy)
            blocks.apply(configuration.current.enforcement, configuration.policy)
            log.notice(
                "the configuration was read anew; changed: \(keys.isEmpty ? "nothing" : keys.joined(separator: ", "))"
            )
            if !waiting.isEmpty { log.warning("at the next start: \(waiting.joined(separator: ", "))") }
        }
        tap.add(AuditRecord(time: Clock.now, actor: "agent", act: "reload", outcome: outcome))
        manager.ready()
    }

    private func view(of monitor: LiveMonitor, at time: Timestamp) -> AgentView {
        var view = AgentView(
            version: Portolan.version,
            started: started,
            time: time,
            summary: monitor.summary,
            graph: drawn.graph.picture,
            inventory: monitor.inventory
        )
        view.rates = meter.rates
        view.process = ProcessFacts.now
        view.alerts = found.tally
        view.held = blocks.held
        view.recording = recording.condition
        if let health = keeper?.health {
            view.cases = health.cases
            view.store = StoreCondition(
                path: configuration.current.store.path,
                fault: health.fault,
                written: health.written,
                lost: health.lost,
                waiting: health.waiting,
                last: health.last
            )
        }
        return view
    }

    /// Sends everybody away, and writes all there is.
    private func close() {
        desk.close()
        feeds.close()
        door?.stop()
        blocks.end()
        tellBlocks()
        defer { recording.end() }
        guard let keeper else { return }
        tap.isEnding = true
        tap.add(AuditRecord(time: Clock.now, actor: "agent", act: "stop", outcome: "done"))
        _ = tap.flushGraph()
        if !keeper.finish() { log.error("not all could be written to \(configuration.current.store.path)") }
        for remark in keeper.remarks.take() { log.warning("\(remark)") }
        cases.tell(keeper.cases.take())
    }
}
