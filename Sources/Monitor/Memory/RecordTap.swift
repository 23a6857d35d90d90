package import Addressing
package import Containers
package import Flows
import Glibc
package import Graph
package import Pipeline
package import Records
package import Store

/// Makes records of what a pipeline concludes, once, and hands them on in batches: to whoever keeps them, and to whoever
/// follows them. On the thread that captures, which it never keeps waiting.
package final class RecordTap: RecordSink {
    /// Takes some records, at once.
    package typealias Follower = ([FlowRecord]) -> Void
    /// Takes some alerts, at once.
    package typealias AlertFollower = ([AlertRecord]) -> Void

    /// Who keeps what is made; what is made before there is one waits for him.
    package var keeper: StoreKeeper?
    /// Whether anything is to be kept.
    private let isKeeping: Bool
    /// Whether nothing more is captured, so that what there is no room for may be waited with.
    package var isEnding = false
    private let graph: GraphSink
    private let follow: Follower
    /// Whether anybody follows: nothing is made for nobody.
    private let isFollowed: () -> Bool
    private let followAlerts: AlertFollower
    private var batch = StoreBatch()
    private var told: [FlowRecord] = []
    private var toldAlerts: [AlertRecord] = []

    /// Monotonic nanoseconds of when it was handed on last, and for how long it is not.
    private var handed: Int64 = 0
    private static var pause: Int64 { 50_000_000 }

    /// Monotonic nanoseconds before which all that is so is not told again.
    private var nextInventory: Int64 = 0
    private static var hour: Int64 { 3_600_000_000_000 }

    /// Records of a batch before it is handed on.
    private static var size: Int { 1024 }
    /// Alerts that are kept for the next batch when there was no room for theirs.
    private static var alertLimit: Int { 256 }
    /// Hundredths of a second that the last records may still wait for room, all together.
    private var patience = 300

    package init(
        isKeeping: Bool,
        graph: GraphSink,
        isFollowed: @escaping () -> Bool,
        follow: @escaping Follower,
        followAlerts: @escaping AlertFollower = { _ in }
    ) {
        self.isKeeping = isKeeping
        self.graph = graph
        self.isFollowed = isFollowed
        self.follow = follow
        self.followAlerts = followAlerts
    }

    /// Takes an alert, to be kept and handed on with the rest, whatever the pressure is: of all records they are the fewest.
    package func tell(_ alert: AlertRecord) {
        if isKeeping { batch.alerts.append(alert) }
        toldAlerts.append(alert)
        if batch.count >= Self.size || toldAlerts.count >= Self.size { hand() }
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let isFollowed = isFollowed()
        // Under pressure how flows stand meanwhile is the first that is not kept.
        let isKept = isKeeping && (action == .ended || keeper?.isPressed != true)
        guard isKept || isFollowed else { return }
        let record = FlowRecord(action, flow, book, names)
        if isKept {
            if action == .ended { batch.ended.append(record) } else { batch.open.append(record) }
        }
        if isFollowed { told.append(record) }
        if batch.count >= Self.size || told.count >= Self.size { hand() }
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    package func changed(_ entry: JournalEntry) {
        if isKeeping { batch.add(entry) }
    }

    package func gap(_ gap: CaptureGap) {
        if isKeeping { batch.gaps.append(StoredGap(gap)) }
    }

    package func shed(_ change: DetailChange) {
        // Told of when it is over, and how long it took is known.
        guard !change.isLeftOut else { return }
        var gap = StoredGap(time: change.time, reason: .shed)
        gap.since = change.since
        add(gap)
    }

    package func clockChanged(from: Timestamp, to: Timestamp) {
        add(StoredGap(time: to, since: min(from, to), reason: .clock))
    }

    /// Leaves something else to be written with the rest.
    package func add(_ entry: AuditRecord) {
        if isKeeping { batch.audit.append(entry) }
    }

    /// Whether all that is so is to be told again, and was not within the last hour: it may be more than there is room for.
    package func wantsInventory(elapsed: Int64) -> Bool {
        guard keeper?.health.lacksInventory == true, elapsed >= nextInventory else { return false }
        nextInventory = elapsed + Self.hour
        return true
    }

    /// Leaves all that is so to be written with the rest.
    package func add(inventory entries: [JournalEntry], at time: Timestamp) {
        if isKeeping { batch.add(inventory: entries, at: time) }
    }

    /// Leaves a gap to be written with the rest.
    package func add(_ gap: StoredGap) {
        if isKeeping { batch.gaps.append(gap) }
    }

    /// Hands on what there is, some times a second, however often it is called: what waits is counted in batches.
    package func flush() {
        let elapsed = Clock.monotonic
        guard elapsed - handed >= Self.pause else { return }
        handed = elapsed
        hand()
    }

    /// Hands on what changed of the graph, and returns it; to be called about once a second.
    package func flushGraph() -> GraphChanges {
        let changes = graph.takeChanges()
        if isKeeping { batch.graph.add(changes) }
        hand()
        return changes
    }

    private func hand() {
        if let keeper, !batch.isEmpty {
            var isLeft = !keeper.put(batch)
            if isEnding, isLeft {
                while isLeft, patience > 0 {
                    patience -= 1
                    usleep(10_000)
                    isLeft = !keeper.put(batch)
                }
            }
            if isLeft {
                // Alerts go along with the next, if there is one.
                keeper.count(lost: batch.leaveOut(alerts: isEnding ? 0 : Self.alertLimit))
            } else {
                batch = StoreBatch()
            }
        }
        if !toldAlerts.isEmpty {
            followAlerts(toldAlerts)
            toldAlerts = []
        }
        if !told.isEmpty {
            follow(told)
            told = []
        }
    }
}
