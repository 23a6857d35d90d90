import Addressing
import Containers
import GRDB
import Records

/// Cases as whoever writes knows them: opened with the alert, ended with the container, let go by somebody.
///
/// What is known of them changes with the transaction that writes it; after one that failed all is read again.
final class CaseBook {
    var rules = CaseRules()
    /// Those that nobody let go, by the container's identifier.
    private(set) var live: [String: CaseRecord] = [:]
    /// Their containers, by number.
    private var containers: [UInt64: String] = [:]
    /// Those that were let go, and have rows still.
    private(set) var leaving: [UInt64: CaseRecord] = [:]
    /// Those of them that nothing is left of.
    private var empty: Set<UInt64> = []
    /// From which entry of the journal on one needs it.
    private var journals: [UInt64: Int64] = [:]
    private var isLoaded = false
    private var changed: Set<UInt64> = []
    /// Those of which only what is kept is another count: that is written once a minute, as each row that is written has a link.
    private var counted: Set<UInt64> = []
    /// Counts that are committed and not written.
    private var unwritten: [UInt64: CaseRecord.Kept] = [:]
    /// When counts were written last.
    private var wrote: Timestamp?
    /// Records and remarks of a transaction that is not committed yet.
    private var told: [CaseRecord] = []
    private var remarks: [String] = []
    /// Containers of which it was said that there is no room for them.
    private var refused: Set<String> = []
    private var presence = ContainerPresence()
    /// As it was when something was committed last: what fails is told again.
    private var committedPresence = ContainerPresence()

    /// What came of it since it was asked last.
    private(set) var news = CaseNews()

    /// Seconds before the alert from which on what there is is kept: how it came to it.
    static var lead: Int64 { 86_400 }
    /// Seconds after the container's end: packets may be counted a little later.
    static var tail: Int64 { 60 }
    /// Seconds for which an alert may come later than that, of flows that were under way: they are told of when they are silent,
    /// and some rules look at hours.
    static var delay: Int64 { 86_400 }
    /// Seconds between two times at which counts are written.
    private static var period: Int64 { 60 }
    /// Containers of which it was said once that there is no room.
    private static var refusalLimit: Int { 1024 }

    func takeNews() -> CaseNews {
        defer { news = CaseNews() }
        return news
    }

    /// How it goes with them.
    var condition: CaseCondition {
        var condition = CaseCondition(most: rules.count, limit: rules.size)
        for record in live.values {
            if record.state == .open { condition.open += 1 } else { condition.ended += 1 }
            if record.kept.missing > 0 { condition.full += 1 }
        }
        condition.bytes = bytes
        condition.refused = refused.count
        return condition
    }

    /// Bytes that all of them keep.
    private var bytes: UInt64 {
        live.values.reduce(0) { $0 &+ $1.kept.bytes } &+ leaving.values.reduce(0) { $0 &+ $1.kept.bytes }
    }

    /// Whether there is none that wants or leaves anything.
    var isIdle: Bool { live.isEmpty && leaving.isEmpty }

    /// From which entry of the journal on a case needs it.
    func journal(of number: UInt64) -> Int64 { journals[number] ?? .max }

    /// What is told of the journal from here on begins with all that is so.
    func begins(at time: Timestamp) {
        presence.begin(at: time)
        committedPresence = presence
    }

    func load(_ database: Database) throws {
        guard !isLoaded else { return }
        (live, leaving, journals, containers) = ([:], [:], [:], [:])
        let rows = try RowReader(database, "SELECT id, journal, record FROM cases ORDER BY id")
        while try rows.next() {
            let line = rows.bytes(2)
            guard let record = try? CaseRecord(reading: line.span) else {
                remarks.append("\(StoreError.unreadable(table: "cases", row: rows.number(0)))")
                continue
            }
            journals[record.number] = rows.number(1)
            if record.released == nil {
                live[record.container.key.identifier] = record
                containers[record.number] = record.container.key.identifier
            } else if record.kept.rows > 0 || record.kept.bytes > 0 {
                leaving[record.number] = record
            }
        }
        for (number, kept) in unwritten {
            if let identifier = containers[number] {
                live[identifier]?.kept = kept
            } else {
                leaving[number]?.kept = kept
            }
        }
        counted = Set(unwritten.keys)
        isLoaded = true
    }

    /// Takes what a batch tells of containers, what was found of them, and what is let go.
    func take(_ batch: borrowing StoreBatch, _ database: Database, _ chain: ChainWriter, at time: Timestamp) throws {
        try load(database)
        for offset in batch.journal.indices {
            if batch.inventories.contains(where: { $0.offset == offset }) { presence.begin(at: time) }
            take(batch.journal[offset])
        }
        for alert in batch.alerts where alert.severity >= rules.severity {
            if let container = alert.source.container { try take(alert, of: container, database) }
        }
        for release in batch.releases { self.release(release) }
        try write(database, chain, at: time)
    }

    private func take(_ entry: JournalEntry) {
        switch entry.change {
        case .container(let container):
            // More may be told of one that has ended.
            let runs = presence.runs(container)
            change(container.key.identifier) { record in
                record.container.description.merge(container.description)
                record.container.key.generation = max(record.container.key.generation, container.key.generation)
                guard runs, record.ended != nil else { return nil }
                record.ended = nil
                record.time = entry.time
                return .resumed
            }
        case .containerEnded(let key):
            presence.ended(key, at: entry.time)
            end(key.identifier, at: entry.time)
        default: break
        }
    }

    private func end(_ identifier: String, at time: Timestamp) {
        change(identifier) { record in
            guard record.ended == nil else { return nil }
            (record.ended, record.time) = (max(time, record.from), time)
            return .ended
        }
    }

    /// Changes a case that nobody let go, and tells of it where that is news.
    private func change(_ identifier: String, _ body: (inout CaseRecord) -> CaseRecord.Action?) {
        guard var record = live[identifier] else { return }
        let before = record
        let action = body(&record)
        guard record != before else { return }
        if let action {
            record.action = action
            told.append(record)
        }
        live[identifier] = record
        changed.insert(record.number)
    }

    private func take(_ alert: AlertRecord, of container: Container, _ database: Database) throws {
        let identifier = container.key.identifier
        let isNew = live[identifier] == nil
        if isNew, try !open(for: alert, of: container, database) { return }
        change(identifier) { record in
            record.add(alert)
            record.add(alert.source.address)
            record.container.description.merge(container.description)
            // A clock that was set back shows times before those that the case began with.
            record.from = min(record.from, alert.first)
            return isNew ? .opened : nil
        }
        if let record = live[identifier], let known = journals[record.number], known > 0, alert.first < record.opened {
            journals[record.number] = min(known, try Self.journal(telling: record.from, database))
        }
    }

    /// From which entry of the journal on all is told that was so at a time.
    private static func journal(telling time: Timestamp, _ database: Database) throws -> Int64 {
        let told = "SELECT max(journal) FROM inventories WHERE time <= ?"
        return try Int64.fetchOne(database, sql: told, arguments: [time.nanoseconds]) ?? 0
    }

    /// Opens a case; false when there is no room for it.
    private func open(for alert: AlertRecord, of container: Container, _ database: Database) throws -> Bool {
        let identifier = container.key.identifier
        // None are wanted at all.
        guard rules.count > 0 else { return false }
        guard live.count < rules.count, bytes &+ rules.least <= rules.size else {
            refuse(container)
            return false
        }
        let from = min(alert.first.nanoseconds, alert.time.before(Self.lead))
        // Those of this transaction are not written yet.
        let stored = try Int64.fetchOne(database, sql: "SELECT max(id) FROM cases") ?? 0
        let last = max(UInt64(clamping: stored), containers.keys.max() ?? 0, leaving.keys.max() ?? 0)
        guard last < Int64.max else { return false }
        let number = last + 1
        var record = CaseRecord(number, container, from: Timestamp(nanoseconds: from), opened: alert.time)
        record.ended = presence.end(of: identifier).map { max($0, record.from) }
        journals[number] = try Self.journal(telling: record.from, database)
        live[identifier] = record
        containers[number] = identifier
        return true
    }

    private func refuse(_ container: Container) {
        guard refused.count < Self.refusalLimit, refused.insert(container.key.identifier).inserted else { return }
        let oldest = live.values.filter { $0.ended != nil }.sorted { $0.number < $1.number }.prefix(3)
        let names = oldest.map { "\($0.number)" }.joined(separator: " ")
        let bounds = "\(live.count) cases keep \(bytes) bytes, and there may be \(rules.count) of \(rules.size)"
        let advice = names.isEmpty ? "" : "; look at the oldest: portolan case release \(names)"
        remarks.append("no case is opened for \(container.label): \(bounds) (cases.count, cases.size)\(advice)")
    }

    private func release(_ release: CaseRelease) {
        guard let identifier = containers[release.number] else { return }
        change(identifier) { record in
            (record.released, record.releasedBy, record.time) = (release.time, release.author, release.time)
            return .released
        }
        guard let record = live.removeValue(forKey: identifier) else { return }
        containers[release.number] = nil
        leaving[record.number] = record
        refused = []
    }

    /// A container that was not told of since the agent began has ended while nobody watched.
    func endAbsent(_ database: Database, _ chain: ChainWriter, at time: Timestamp) throws {
        try load(database)
        guard let began = presence.settle(at: time) else { return }
        for (identifier, record) in live where record.ended == nil && !presence.isRunning(identifier) {
            end(identifier, at: began)
        }
        try write(database, chain, at: time)
    }

    /// Takes a row for the first of some cases that has room for it, and says which that is. Where none has any, the first of them
    /// says so.
    func keep(_ bytes: UInt64, of kind: KeptKind, for candidates: [UInt64], at time: Timestamp) -> UInt64? {
        guard let first = candidates.first else { return nil }
        let hasRoom = self.bytes &+ bytes <= rules.size
        for number in candidates {
            guard hasRoom, let identifier = containers[number], let known = live[identifier],
                known.kept.bytes &+ bytes <= rules.each,
                !kind.isOfAll || known.kept.ofAll &+ bytes <= rules.each / 4
            else { continue }
            // That there is any at all is written at once: it is looked for when the case is let go.
            if known.kept.rows == 0 { changed.insert(number) }
            live[identifier]?.kept.add(bytes, isFlow: kind == .flows, isOfAll: kind.isOfAll)
            counted.insert(number)
            return number
        }
        if let identifier = containers[first] {
            if live[identifier]?.kept.missingSince != nil {
                live[identifier]?.kept.missing += 1
                counted.insert(first)
            }
            change(identifier) { record in
                guard record.kept.missingSince == nil else { return nil }
                record.kept.missing += 1
                (record.kept.missingSince, record.time) = (time, time)
                return .full
            }
        }
        return nil
    }

    /// Counts what a row needs besides.
    func note(_ bytes: UInt64, of number: UInt64) {
        guard let identifier = containers[number] else { return }
        live[identifier]?.kept.bytes &+= bytes
        counted.insert(number)
    }

    /// A row of a case that was let go has gone.
    func left(_ number: UInt64, bytes: UInt64, of kind: KeptKind) {
        leaving[number]?.kept.remove(bytes, isFlow: kind == .flows, isOfAll: kind.isOfAll)
        counted.insert(number)
    }

    /// Nothing is left of a case that was let go.
    func emptied(_ number: UInt64) {
        leaving[number]?.kept.rows = 0
        leaving[number]?.kept.flows = 0
        leaving[number]?.kept.bytes = 0
        leaving[number]?.kept.ofAll = 0
        changed.insert(number)
        empty.insert(number)
    }

    /// Writes all counts, at the end.
    func finish(_ database: Database, _ chain: ChainWriter, at time: Timestamp) throws {
        try load(database)
        changed.formUnion(counted)
        try write(database, chain, at: time)
    }

    /// Writes what changed, and counts when it is time.
    func write(_ database: Database, _ chain: ChainWriter, at time: Timestamp) throws {
        if !counted.isEmpty {
            // Also where the clock was set back.
            let elapsed = wrote.map { time.seconds - $0.seconds }
            if elapsed.map({ !(0..<Self.period ~= $0) }) ?? true {
                changed.formUnion(counted)
                wrote = time
            }
        }
        guard !changed.isEmpty else { return }
        let records = (Array(live.values) + leaving.values).filter { changed.contains($0.number) }
        let rows = try CaseWriter(database)
        for record in records { try rows.write(record, journal: journal(of: record.number)) }
        try chain[.cases].cover(records.map { Int64(clamping: $0.number) }.sorted())
        counted.subtract(changed)
        changed = []
    }

    /// It is committed.
    func committed() {
        if isLoaded {
            unwritten = [:]
            for number in counted {
                unwritten[number] = containers[number].flatMap { live[$0] }?.kept ?? leaving[number]?.kept
            }
        }
        committedPresence = presence
        news.records += told
        news.remarks += remarks
        (told, remarks) = ([], [])
        for number in empty { leaving[number] = nil }
        empty = []
    }

    /// It failed: all is read again.
    func failed() {
        (isLoaded, wrote) = (false, nil)
        presence = committedPresence
        counted = []
        (told, remarks, changed, refused, empty) = ([], [], [], [], [])
    }
}
