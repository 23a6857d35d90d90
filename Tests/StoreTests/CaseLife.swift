import Addressing
import Containers
import Flows
import GRDB
import Records
import Testing

@testable import Store

/// A database in which a container does something, is found to, and ends: hour by hour.
final class CaseLife {
    let files: StoreFolder
    let store: Store
    let writer: StoreWriter
    /// When the agent began, and everything else does.
    static let start: Int64 = 1_000_000
    static let day: Int64 = 86_400

    init(_ rules: CaseRules = CaseRules()) throws {
        files = try StoreFolder()
        (store, writer) = try files.open(at: Self.start)
        var retention = RetentionRules()
        retention.cases = rules
        writer.setCases(retention)
    }

    /// Who `SampleFlow` says a container is.
    static func container(_ name: String) throws -> Container { try #require(SampleFlow.who(name).identity.container) }

    static func alert(_ name: String, at second: Int64, severity: Int = 70) throws -> AlertRecord {
        var record = AlertRecord(
            rule: "scan.vertical",
            name: "n",
            category: "scan",
            severity: severity,
            time: .seconds(second),
            source: AlertRecord.End(.host(7)),
            message: "\(name) scans"
        )
        record.source.container = try container(name)
        return record
    }

    func write(at second: Int64, _ body: (inout StoreBatch) throws -> Void) throws {
        var batch = StoreBatch()
        try body(&batch)
        try writer.write(batch, at: .seconds(second))
    }

    /// A container runs, talks with another, is found to scan, and ends.
    func play(_ name: String, at second: Int64, flows: Int = 10, ends: Bool = true) throws {
        try write(at: second) { batch in
            batch.add(JournalEntry(time: .seconds(second), change: .container(try Self.container(name))))
            batch.ended = (0..<flows).map { number in
                SampleFlow.record(
                    UInt64(second) * 1000 + UInt64(number),
                    to: "192.0.2.\(number % 3 + 1)",
                    first: second,
                    last: second + 1,
                    identities: SampleFlow.identities(name)
                )
            }
            // Of nobody that anything was found of.
            batch.ended.append(
                SampleFlow.record(
                    UInt64(second),
                    first: second,
                    last: second,
                    identities: SampleFlow.identities("quiet")
                )
            )
            batch.gaps = [StoredGap(time: .seconds(second + 1), since: .seconds(second), reason: .capture)]
        }
        try write(at: second + 3) { $0.alerts = [try Self.alert(name, at: second + 2)] }
        guard ends else { return }
        try write(at: second + 10) { batch in
            let key = try Self.container(name).key
            batch.add(JournalEntry(time: .seconds(second + 10), change: .containerEnded(key)))
        }
    }

    /// Forgets all that is older than `age`.
    func forget(at second: Int64, age: Int64 = CaseLife.day, cases: CaseRules = CaseRules()) throws {
        var rules = RetentionRules()
        for path in [\RetentionRules.flows.age, \.journal.age, \.gaps.age, \.alerts.age, \.audit.age, \.minutes.age] {
            rules[keyPath: path] = age
        }
        rules.cases = cases
        for _ in 0..<300 where try writer.forget(rules, at: .seconds(second)).isMore {}
        // What was marked goes one step later.
        for _ in 0..<3 { _ = try writer.forget(rules, at: .seconds(second)) }
        // Counts are written once a minute.
        _ = try writer.forget(rules, at: .seconds(second + 60))
    }

    func release(_ number: UInt64, at second: Int64) throws {
        try write(at: second) { $0.releases = [CaseRelease(number, at: .seconds(second), by: "root (uid 0)")] }
    }

    /// Cases that nobody let go.
    func cases(isAll: Bool = false) throws -> [CaseRecord] {
        try store.cases(isAll: isAll) { Issue.record("\($0)") }.reversed()
    }

    func count(_ table: String) throws -> Int {
        try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// Numbers of the flows that a query finds.
    func flows() throws -> [FlowRecord] {
        var (records, place): ([FlowRecord], FlowPlace?) = ([], nil)
        repeat {
            let page = try store.flows(FlowQuery(), from: place)
            records += page.records
            place = page.next
        } while place != nil
        return records
    }

    /// Nothing is altered, removed or added, as far as the chains tell.
    func requireCustody() throws {
        let answer = try store.custody()
        try #require(answer.isComplete, "\(answer.findings)")
    }
}
