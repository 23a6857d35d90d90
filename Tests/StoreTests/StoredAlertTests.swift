import Addressing
import Containers
import Flows
import GRDB
import Records
import Testing

@testable import Store

@Suite("Stored alerts")
struct StoredAlertTests {
    private static func record(
        _ number: UInt32,
        at second: Int64,
        _ rule: String = "scan.vertical",
        severity: Int = 70
    ) -> AlertRecord {
        var record = AlertRecord(
            rule: rule,
            name: "What \(rule) is called",
            category: "scan",
            technique: "T1046",
            severity: severity,
            time: .seconds(second),
            source: AlertRecord.End(.host(number)),
            message: "somebody\u{0} did \"something\""
        )
        record.evidence = [FlowIdentifier(bits: UInt64(number))]
        return record
    }

    private static func numbers(_ records: [AlertRecord]) -> [UInt64] { records.flatMap { $0.evidence.map(\.bits) } }

    private static func write(_ records: [AlertRecord], _ writer: StoreWriter) throws {
        var batch = StoreBatch()
        batch.alerts = records
        #expect(!batch.isEmpty && batch.count == records.count)
        try writer.write(batch, at: .seconds(0))
    }

    @Test func areReadAsTheyWereWritten() throws {
        let folder = try StoreFolder()
        let (_, writer) = try folder.open()
        var record = Self.record(1, at: 5)
        record.source = AlertRecord.End(
            .host(7),
            kind: .container,
            confidence: .certain,
            container: SampleFlow.who("web").identity.container
        )
        record.destination = AlertRecord.End(.host(9), kind: .outside, confidence: .likely)
        record.isOfMany = true
        record.count = 12
        record.first = .seconds(-3)
        try Self.write([record], writer)
        // Also by somebody who only reads.
        let reader = try Store(reading: folder.path)
        #expect(try reader.alerts(AlertQuery()).records == [record])
    }

    @Test func comeInTheOrderTheyWereFoundEitherWay() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        // Two of one moment, in the order they were written.
        try Self.write([Self.record(3, at: 30), Self.record(1, at: 10), Self.record(4, at: 30)], writer)
        try Self.write([Self.record(2, at: 20)], writer)
        var query = AlertQuery()
        #expect(Self.numbers(try store.alerts(query).records) == [1, 2, 3, 4])
        query.isNewestFirst = true
        #expect(Self.numbers(try store.alerts(query).records) == [4, 3, 2, 1])
        (query.since, query.until) = (.seconds(20), .seconds(30))
        #expect(Self.numbers(try store.alerts(query).records) == [4, 3, 2])
        query.until = Timestamp(nanoseconds: 29_999_999_999)
        #expect(Self.numbers(try store.alerts(query).records) == [2])
    }

    @Test(arguments: [false, true]) func comeInPagesThatLeaveNoneOut(isNewestFirst: Bool) throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        // Pages end between alerts of one moment.
        try Self.write((0..<1000).map { Self.record($0, at: Int64($0) / 7) }, writer)
        var query = AlertQuery()
        query.isNewestFirst = isNewestFirst
        var (found, pages): ([UInt64], Int) = ([], 0)
        var place: AlertPlace?
        repeat {
            let page = try store.alerts(query, from: place, limit: 64)
            #expect(page.records.count <= 64)
            found += Self.numbers(page.records)
            place = page.next
            pages += 1
        } while place != nil
        #expect(pages == 16)
        #expect(found == (isNewestFirst ? Array((0..<1000).reversed()) : Array(0..<1000)))
    }

    @Test func areThoseOfARuleAndSevereEnough() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try Self.write(
            [
                Self.record(1, at: 1, "scan.vertical", severity: 70), Self.record(2, at: 2, "sweep.ping", severity: 50),
                Self.record(3, at: 3, "dns.tunnel", severity: 80), Self.record(4, at: 4, "scan.block", severity: 30),
            ],
            writer
        )
        func found(_ rules: String?, _ severity: Int = 0) throws -> [UInt64] {
            var query = AlertQuery()
            query.filter.leastSeverity = severity
            let isAsked = rules.map { query.filter.ask(rules: $0) } ?? true
            #expect(isAsked)
            return Self.numbers(try store.alerts(query).records)
        }
        #expect(try found("scan") == [1, 2, 4])
        #expect(try found("scan", 50) == [1, 2])
        #expect(try found("dns.tunnel,scan.block") == [3, 4])
        #expect(try found(nil, 71) == [3])
        #expect(try found("flood").isEmpty)
        var query = AlertQuery()
        query.filter.ends = try FlowFilter(parsing: "from-ip=10.0.0.3")
        #expect(Self.numbers(try store.alerts(query).records) == [3])
    }

    @Test func areAllThereOrNoneOfABatch() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try store.pool.write { try $0.execute(sql: "DROP TABLE audit") }
        var batch = StoreBatch()
        batch.alerts = [Self.record(1, at: 1)]
        batch.audit = [AuditRecord(time: .seconds(1), actor: "agent", act: "start", outcome: "done")]
        #expect(throws: StoreError.self) { try writer.write(batch, at: .seconds(1)) }
        #expect(try store.alerts(AlertQuery()).records.isEmpty)
        batch.audit = []
        try writer.write(batch, at: .seconds(1))
        #expect(try store.alerts(AlertQuery()).records.count == 1)
    }

    @Test(arguments: ["{}", "", "[", #"{"event":{"kind":"event"}}"#, #"{"event":{"kind":"alert"}}"#])
    func areNotToldInPart(text: String) throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try Self.write([Self.record(1, at: 1)], writer)
        try store.pool.write { database in
            try database.execute(
                sql: "INSERT INTO alerts (time, rule, severity, record) VALUES (2000000000, 'scan.block', 70, ?)",
                arguments: [text]
            )
        }
        #expect(throws: StoreError.unreadable(table: "alerts", row: 2)) { try store.alerts(AlertQuery()) }
        // Whoever does not ask for it is not troubled.
        var query = AlertQuery()
        query.until = .seconds(1)
        #expect(Self.numbers(try store.alerts(query).records) == [1])
    }

    @Test func areLeftForTheNextBatchWithTheGraph() {
        var batch = StoreBatch()
        batch.alerts = (1...5).map { Self.record($0, at: Int64($0)) }
        batch.ended = [SampleFlow.record(1)]
        batch.gaps = [StoredGap(time: .seconds(1), reason: .shed)]
        let gone = batch.leaveOut(alerts: 3)
        #expect(gone == 4)
        #expect(Self.numbers(batch.alerts) == [3, 4, 5] && batch.count == 3)
    }
}
