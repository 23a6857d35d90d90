package import Addressing
package import Containers
package import Flows
import Graph
import Pipeline
package import Records
package import Store

/// Keeps what a replay concludes in a database, as an agent would have, in the time of its packets: flows, the journal, alerts, gaps and the
/// graph's minutes. Waits for the disk, loses nothing, and forgets nothing.
///
/// The first failure ends it: what comes after is not kept, and what was written before stays.
package final class StoreLoader: RecordSink {
    private let store: Store
    private let lock: DatabaseLock
    /// Nil once all is closed.
    private var writer: StoreWriter?
    private let version: String
    private let graph = GraphSink(hearsStarts: true)
    /// Whether there was no database at its path.
    private let isNew: Bool
    private var batch = StoreBatch()
    /// When the session began; nil before the first flow.
    private var began: Timestamp?
    private var last = Timestamp(nanoseconds: 0)
    /// The minute of the newest time, since 1970.
    private var minute = Int64.min
    package private(set) var failure: (any Error)?
    /// Records that were written.
    package private(set) var written = 0

    /// Records that are written at once, and entries of the journal that wait for the first flow at most.
    private static var size: Int { 1024 }
    private static var waitLimit: Int { 1 << 20 }

    /// Opens a database, or makes it. `version` is who loads. Throws `StoreError`, or `LoadRefusal` where an agent's runs are in it.
    package init(path: String, version: String) throws {
        lock = try DatabaseLock(of: path)
        isNew = !Store.isThere(path)
        store = try Store(path: path)
        guard try !store.isOfAgent() else { throw LoadRefusal(path: path, reason: .agent) }
        let writer = StoreWriter(store)
        writer.clock = { Clock.now }
        self.writer = writer
        self.version = Store.loadVersion(version)
        graph.track()
    }

    /// Ends all connections, on the calling thread; a database that was made for it and got nothing is taken away again. Nothing can be kept
    /// afterwards.
    package func close() {
        // Its statements keep a connection open.
        writer = nil
        store.end()
        if isNew, began == nil { store.remove() }
    }

    /// The files that SQLite uses: they are there.
    package var files: [String] { store.files }

    /// Throws `LoadRefusal` where a file with that digest was loaded before.
    package func refuse(loaded file: String, digest: String) throws {
        guard let time = try store.loaded(digest) else { return }
        throw LoadRefusal(path: store.path, reason: .known(file: file, since: time))
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard failure == nil else { return }
        if began == nil { begin(at: flow.first) }
        last = max(last, flow.last)
        let now = last.seconds / 60
        if now != minute {
            // The graph keeps an hour of minutes: a flow after a longer silence lets go of all that were before.
            batch.graph.add(graph.takeChanges())
            minute = now
        }
        graph.flow(action, flow, book, names)
        // Those that go on are told again when they end.
        if action == .ended { batch.ended.append(FlowRecord(action, flow, book, names)) }
        if batch.count >= Self.size { write() }
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    package func changed(_ entry: JournalEntry) { add(entry) }

    package func told(_ entry: JournalEntry) { add(entry) }

    package func gap(_ gap: CaptureGap) { batch.gaps.append(StoredGap(gap)) }

    package func clockChanged(from: Timestamp, to: Timestamp) {
        batch.gaps.append(StoredGap(time: to, since: min(from, to), reason: .clock))
    }

    /// Takes an alert.
    package func tell(_ alert: AlertRecord) {
        guard failure == nil else { return }
        batch.alerts.append(alert)
    }

    private func add(_ entry: JournalEntry) {
        guard failure == nil else { return }
        batch.add(entry)
        if began == nil {
            guard batch.count >= Self.waitLimit else { return }
            begin(at: entry.time)
        }
        if batch.count >= Self.size { write() }
    }

    private func begin(at time: Timestamp) {
        do {
            // A minute of an edge is one row, which a second run would write over.
            if let heard = try store.heard(), time.seconds / 60 <= heard.seconds / 60 {
                throw LoadRefusal(path: store.path, reason: .order(begins: time, heard: heard))
            }
            try writer?.begin(at: time, version: version)
            began = time
            last = max(last, time)
        } catch {
            fail(error)
        }
    }

    private func write() {
        guard failure == nil, began != nil, !batch.isEmpty else { return }
        do {
            try writer?.write(batch, at: last)
            written += batch.count
            batch = StoreBatch()
        } catch {
            fail(error)
        }
    }

    private func fail(_ error: any Error) {
        failure = error
        batch = StoreBatch()
    }

    /// Writes what is left, what the capture lost, and which files it was; ends the session. Where no flow came nothing is kept.
    package func finish(_ summary: CaptureSummary, audit: [AuditRecord]) {
        guard began != nil, failure == nil else { return }
        batch.graph.add(graph.takeChanges())
        if let end = summary.last { last = max(last, end) }
        if let dropped = summary.dropped, dropped > 0 {
            var gap = StoredGap(time: last, reason: .capture)
            gap.since = summary.first
            gap.received = summary.frames &+ dropped
            gap.dropped = dropped
            gap.droppedByInterface = summary.interfaceDropped
            batch.gaps.append(gap)
        }
        batch.audit += audit
        write()
        guard failure == nil else { return }
        do {
            try writer?.end(at: last)
        } catch {
            fail(error)
        }
    }

    /// Whether there was anything to keep.
    package var hasBegun: Bool { began != nil }
}

/// Why captures are not loaded into a database. One line: what, where, what to do.
package struct LoadRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case agent
        case known(file: String, since: Timestamp)
        case twice(file: String, other: String)
        case order(begins: Timestamp, heard: Timestamp)
    }

    package var path: String
    package var reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .agent: "the database \(path) is an agent's, which knows where it watched; load captures into another file"
        case .known(let file, let time):
            "\(file) was loaded into \(path) at \(time.secondText) already; nothing was loaded again"
        case .twice(let file, let other):
            "\(file) and \(other) have the same content, which would be counted twice; leave one out"
        case .order(let begins, let heard):
            "the captures begin at \(begins.secondText), and \(path) goes up to \(heard.secondText): what is older, or of the same minute, is loaded "
                + "into another file, or all of it at once"
        }
    }
}
