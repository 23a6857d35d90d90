package import Addressing
package import Containers
package import Graph
package import Records

/// What is written in one transaction.
package struct StoreBatch: Sendable {
    /// Flows that are over.
    package var ended: [FlowRecord] = []
    /// Flows that go on, as they stand.
    package var open: [FlowRecord] = []
    package private(set) var journal: [JournalEntry] = []
    /// Where in the journal entries begin that tell all that is so, and at what time, in order.
    private(set) var inventories: [(offset: Int, time: Timestamp)] = []
    package var gaps: [StoredGap] = []
    package var alerts: [AlertRecord] = []
    package var graph = GraphChanges()
    package var audit: [AuditRecord] = []
    /// Blocks as they stand now, or as they ended; of one the last counts.
    package var blocks: [BlockRecord] = []
    /// Cases that are let go.
    package var releases: [CaseRelease] = []

    package init() {}

    package var isEmpty: Bool {
        ended.isEmpty && open.isEmpty && journal.isEmpty && gaps.isEmpty && alerts.isEmpty && graph.isEmpty
            && audit.isEmpty && blocks.isEmpty && releases.isEmpty
    }

    /// How many records it has.
    package var count: Int {
        ended.count + open.count + journal.count + gaps.count + alerts.count + audit.count + blocks.count
            + releases.count
    }

    package mutating func add(_ entry: JournalEntry) { journal.append(entry) }

    /// Adds what is so at a time, all of it: whoever wants to know who was who need not read what was told before.
    package mutating func add(inventory entries: [JournalEntry], at time: Timestamp) {
        inventories.append((journal.count, time))
        journal += entries
    }

    package mutating func add(_ other: Self) {
        ended += other.ended
        open += other.open
        inventories += other.inventories.map { (journal.count + $0.offset, $0.time) }
        journal += other.journal
        gaps += other.gaps
        alerts += other.alerts
        audit += other.audit
        blocks += other.blocks
        releases += other.releases
        graph.add(other.graph)
    }

    /// Leaves out what there is no room for, and keeps what goes along with the next: the graph, which is told as it stands, and the
    /// newest `limit` alerts and blocks, which say what all the rest is kept for. Returns how many records went.
    package mutating func leaveOut(alerts limit: Int) -> Int {
        var rest = Self()
        rest.graph = graph
        rest.alerts = alerts.suffix(limit)
        rest.blocks = blocks.suffix(limit)
        rest.releases = releases.suffix(limit)
        let gone = count - rest.count
        self = rest
        return gone
    }
}

/// A stretch of time of which something is missing.
package struct StoredGap: Hashable, Sendable {
    /// When it ended.
    package var time: Timestamp
    /// When it began, where that is known.
    package var since: Timestamp?
    package var reason: Reason
    /// Where packets were lost: a device, or `any`; nil where everything was.
    package var interface: String?
    /// The inode number of its network namespace.
    package var namespace: UInt64?
    /// Packets that passed meanwhile, the dropped ones among them. Nil is not known, which is not 0.
    package var received: UInt64?
    package var dropped: UInt64?
    package var droppedByInterface: UInt64?
    /// Records that were made and could not be kept.
    package var records: UInt64?

    package enum Reason: String, Sendable, CaseIterable {
        /// The kernel dropped packets.
        case capture
        /// No agent was running, as the last one ended in order.
        case stopped
        /// No agent was running, as the last one was killed or crashed; what it had not written is missing, too.
        case killed
        /// Records came faster than they could be written, or the database could not be written at all.
        case store
        /// The clock was set; what was under way was ended.
        case clock
        /// Detail was left out to keep up.
        case shed
    }

    package init(time: Timestamp, since: Timestamp? = nil, reason: Reason) {
        self.time = time
        self.since = since
        self.reason = reason
    }

    package init(_ gap: CaptureGap) {
        self.init(time: gap.time, reason: .capture)
        interface = gap.interface
        namespace = gap.namespace
        received = gap.received
        dropped = gap.dropped
        droppedByInterface = gap.droppedByInterface
    }
}

/// Something that was done to the agent, or by it, and by whom.
package struct AuditRecord: Hashable, Sendable {
    package var time: Timestamp
    /// `agent`, or who asked: `uid 1000`.
    package var actor: String
    /// Such as `start`, `reload`.
    package var act: String
    /// Such as `done`, `refused`.
    package var outcome: String
    /// What it was about, as a line of JSON without its end; nil when there is nothing more to say.
    package var record: String?

    package init(time: Timestamp, actor: String, act: String, outcome: String, record: String? = nil) {
        self.time = time
        self.actor = actor
        self.act = act
        self.outcome = outcome
        self.record = record
    }
}
