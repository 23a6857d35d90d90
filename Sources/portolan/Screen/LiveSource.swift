import Addressing
import Glibc
import Containers
import Dashboard
import Flows
import Graph
import Monitor
import Pipeline
import Privilege
import Records
import Synchronization

/// Snapshots of what this host sees, once a second.
final class LiveSource: SnapshotSource {
    let box: SnapshotBox
    fileprivate let work: Work
    private(set) var thread: WorkerThread?

    /// What the thread that captures works with.
    @safe fileprivate final class Work: @unchecked Sendable {
        let options: LiveOptionsGroup
        let box: SnapshotBox
        let opened = Mutex<Result<Void, any Error>?>(nil)
        let drawn = GraphSink(hearsStarts: true)
        let ring = FlowRing()
        let alerts: AlertRing
        /// Nil: nothing is judged.
        let judge: DetectionSink?
        var meter = RateMeter()
        var remarks: [String] = []
        var told: Int64 = 0
        /// The packets that somebody looks at.
        var packets: LivePackets?
        var packetsTold: Int64 = 0
        let started = Clock.now

        init(_ options: LiveOptionsGroup, _ standards: Standards?, _ box: SnapshotBox) {
            self.options = options
            self.box = box
            let alerts = AlertRing()
            self.alerts = alerts
            judge = standards.map { standards in
                DetectionSink(standards.policy, baseline: standards.baseline) { alerts.add(AlertRecord($0)) }
            }
            judge?.goLive()
            drawn.track()
        }
    }

    /// Without `standards` nothing is judged.
    init(_ options: LiveOptionsGroup, _ standards: Standards?, wake: @escaping @Sendable () -> Void) throws {
        box = SnapshotBox(wake: wake)
        let work = Work(options, standards, box)
        self.work = work
        thread = try WorkerThread { work.run() }
        // Who may not capture hears so before the screen changes.
        while true {
            if let result = work.opened.withLock({ $0 }) {
                if case .failure = result { thread?.join() }
                try result.get()
                return
            }
            usleep(10_000)
        }
    }
}

extension LiveSource.Work {
    fileprivate func run() {
        var settings = options.settings
        settings.adaptsUpdates = true
        if judge != nil { settings.pipeline.flows = settings.pipeline.flows.judged }
        let shown = SplitSink(drawn, ring)
        let run = LiveRun(options, settings: settings) { self.say($0) }
        do {
            _ = try run.run(
                into: judge.map { SplitSink($0, shown) } ?? shown,
                opened: { _ in opened.withLock { $0 = .success(()) } },
                isOver: { box.isOver },
                idle: { tell($0) }
            )
        } catch {
            let wasOpened = opened.withLock { known in
                defer { known = known ?? .failure(error) }
                return known != nil
            }
            if wasOpened { say("\(error)") }
        }
    }

    private func say(_ text: String) {
        remarks = Array((remarks + [text]).suffix(Snapshot.remarkLimit))
    }

    private func tell(_ monitor: LiveMonitor) {
        let now = Clock.monotonic
        takeRequests(monitor)
        if let packets, now - packetsTold >= 250_000_000, let news = packets.takeNews() {
            packetsTold = now
            box.put(news)
        }
        guard now - told >= 1_000_000_000 else { return }
        told = now
        // Packets of a moment ago may still be on their way here.
        judge?.advance(to: Timestamp(nanoseconds: Clock.now.nanoseconds - 2_000_000_000))
        meter.note(drawn.takeChanges(), at: Clock.now)
        let picture = drawn.graph.picture
        let inventory = monitor.inventory
        var snapshot = Snapshot(
            origin: .host(name: inventory.hostName, interfaces: options.interfaces),
            time: Clock.now,
            graph: picture
        )
        snapshot.rates = meter.rates
        snapshot.inventory = inventory
        snapshot.flows = ring.newest
        snapshot.olderFlows = ring.older
        snapshot.timeline = Timeline(picture.minutes)
        snapshot.health = SnapshotHealth(monitor.summary)
        snapshot.health.started = started
        snapshot.health.interfaces = options.interfaces.isEmpty ? ["all interfaces"] : options.interfaces
        snapshot.health.version = Portolan.version
        snapshot.remarks = remarks
        if judge == nil { snapshot.isJudged = false } else { alerts.fill(&snapshot) }
        box.put(snapshot)
    }

    private func takeRequests(_ monitor: LiveMonitor) {
        for request in box.takeRequests() {
            switch request {
            case .packets(let choice):
                packets = LivePackets(choice, in: drawn)
                monitor.tap = packets
            case .noPackets:
                packets = nil
                monitor.tap = nil
            // Minutes of the last hour are in the graph: nothing more is remembered.
            default: break
            }
        }
    }
}
