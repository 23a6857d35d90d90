import Addressing
import Graph
import Records
import Store

/// The database as the thread that keeps it sees it: open or not, what waits for it, and what was lost meanwhile.
final class StoreBook {
    private(set) var store: Store?
    private(set) var health = StoreHealth()
    private let path: String
    private let version: String
    private let remarks: Inbox<String>
    private let cases: Inbox<CaseRecord>
    private var writer: StoreWriter?
    /// Held from the first opening to the end, whatever becomes of the file.
    private var lock: DatabaseLock?
    /// What was wrong with the file when it was used last: it is not opened again.
    private var damage: String?
    private var pending = StoreBatch()
    /// Since when nothing could be written, and how many records that cost so far.
    private var since: Timestamp?
    private var missing: UInt64 = 0
    /// Monotonic nanoseconds before which nothing is tried again, and when old rows were forgotten last.
    private var patience: Int64 = 0
    private var looked: Int64 = 0
    /// When the session began that is written to; nil before there was one.
    private var began: Timestamp?

    /// Records that wait for a database that takes none.
    private static var limit: Int { 131_072 }
    /// Alerts that still wait when nothing else has room.
    private static var alertLimit: Int { 8192 }
    /// Minutes of the graph that wait.
    private static var minuteLimit: Int { 60 }
    /// Nanoseconds between two attempts.
    private static var pause: Int64 { 2_000_000_000 }
    /// Nanoseconds after which it is written down that the agent is there, if nothing else is.
    private static var silence: Int64 { 1_000_000_000 }
    /// Nanoseconds that a check at the start may take.
    private static var checkTime: Int64 { 5_000_000_000 }

    init(path: String, version: String, remarks: Inbox<String>, cases: Inbox<CaseRecord>) {
        self.path = path
        self.version = version
        self.remarks = remarks
        self.cases = cases
    }

    /// Opens the database for the first time. Throws only what must not be overcome.
    func open(at time: Timestamp) throws(StoreError) {
        do throws(StoreError) {
            try reopen(at: time)
        } catch {
            switch error {
            case .inUse, .newer: throw error
            default: fail(error, at: time)
            }
        }
    }

    private func reopen(at time: Timestamp) throws(StoreError) {
        do throws(StoreError) {
            // A check may not get as far as what was found while it was used.
            if let damage { throw StoreError.damaged(path: path, what: damage) }
            try openSound(at: time)
        } catch {
            guard case .damaged(_, let what) = error else { throw error }
            let place = try Store.setAside(path, at: time.seconds)
            damage = nil
            say("the database \(path) is damaged (\(what)); it lies at \(place) now, and a new one is begun")
            try openSound(at: time)
        }
    }

    private func openSound(at time: Timestamp) throws(StoreError) {
        if lock == nil { lock = try DatabaseLock(of: path) }
        let opened = try Store(path: path)
        let end = Clock.monotonic + Self.checkTime
        switch try opened.condition(isLate: { Clock.monotonic > end }) {
        case .sound: break
        case .unfinished: say("the database \(path) is too large to be checked whole at the start")
        case .damaged(let what): throw .damaged(path: path, what: what)
        }
        let writer = StoreWriter(opened)
        // The same agent goes on, unless what lies there now knows nothing of it.
        let isKnown = if let began { try writer.resume(began, written: health.last ?? began) } else { false }
        if !isKnown {
            try writer.begin(at: time, version: version, isWhole: began == nil)
            began = time
        }
        store = opened
        self.writer = writer
    }

    /// Takes what is to be written.
    func add(_ batch: StoreBatch) {
        pending.add(batch)
        if pending.graph.minutes.count > Self.minuteLimit { pending.graph.minutes.removeFirst() }
        if pending.graph.edges.count > Self.limit { pending.graph = GraphChanges() }
        if pending.count > Self.limit {
            // How flows stand is told again; then flows go; then who was who; what was found is the last.
            count(lost: UInt64(pending.open.count))
            pending.open = []
        }
        if pending.count > Self.limit {
            count(lost: UInt64(pending.ended.count))
            pending.ended = []
        }
        if pending.count > Self.limit { count(lost: UInt64(pending.leaveOut(alerts: Self.alertLimit))) }
    }

    /// Says that records could not even wait.
    func count(lost: UInt64) {
        missing += lost
        health.lost += lost
    }

    /// Writes what waits, and once a second looks after the file. `elapsed` is monotonic.
    func work(_ retention: RetentionRules, at time: Timestamp, elapsed: Int64) {
        health.waiting = pending.count
        guard elapsed >= patience else { return }
        do throws(StoreError) {
            if let store, !store.isInPlace { throw .replaced(path: path) }
            if store == nil { try reopen(at: time) }
            writer?.setCases(retention)
            try write(at: time)
            if elapsed - looked >= 1_000_000_000 {
                looked = elapsed
                try forget(retention, at: time)
            }
        } catch {
            patience = elapsed + Self.pause
            fail(error, at: time)
        }
        health.waiting = pending.count
        tellCases()
    }

    /// Says what became of cases.
    private func tellCases() {
        health.cases = writer?.caseCondition
        guard let news = writer?.takeCaseNews(), !news.isEmpty else { return }
        cases.put(news.records)
        for remark in news.remarks { say(remark) }
    }

    private func write(at time: Timestamp) throws(StoreError) {
        guard let writer else { return }
        if pending.isEmpty, missing == 0, isHeard(at: time) { return heal() }
        var batch = pending
        if missing > 0 {
            var gap = StoredGap(time: time, reason: .store)
            gap.since = since
            gap.records = missing
            batch.gaps.append(gap)
        }
        try writer.write(batch, at: time)
        health.written += UInt64(pending.count)
        health.last = time
        pending = StoreBatch()
        heal()
    }

    /// Whether something was written within the last second: since then nobody could say that the agent was there.
    private func isHeard(at time: Timestamp) -> Bool {
        guard let last = health.last else { return false }
        return 0..<Self.silence ~= time.nanoseconds &- last.nanoseconds
    }

    /// It takes records.
    private func heal() {
        if health.fault != nil {
            let lost = missing == 0 ? "nothing is missing" : "\(missing) records are missing"
            say("the database \(path) takes records again; \(lost)")
        } else if missing > 0 {
            say("\(missing) records could not be kept, as they came faster than the database \(path) takes them")
        }
        health.fault = nil
        since = nil
        missing = 0
    }

    private func forget(_ retention: RetentionRules, at time: Timestamp) throws(StoreError) {
        guard let writer else { return }
        health.lacksInventory = try writer.lacksInventory(at: time)
        for _ in 0..<8 where try writer.forget(retention, at: time).isMore {}
    }

    private func fail(_ error: StoreError, at time: Timestamp) {
        if since == nil { since = time }
        let text = "\(error)"
        if health.fault != text { say("\(text); nothing is remembered until that is mended") }
        health.fault = text
        switch error {
        case .full: break
        default:
            if case .damaged(_, let what) = error { damage = what }
            if case .replaced = error { store?.dropLog() }
            // Opened anew next time, and looked at.
            writer = nil
            store = nil
        }
    }

    /// Ends in order.
    func end(at time: Timestamp) {
        do throws(StoreError) {
            if store == nil { try reopen(at: time) }
            try write(at: time)
            try writer?.end(at: time)
        } catch {
            count(lost: UInt64(pending.count))
            fail(error, at: time)
        }
        writer = nil
        store = nil
    }

    private func say(_ text: String) { remarks.put(CollectionOfOne(text)) }
}
