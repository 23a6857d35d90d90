import Addressing
import Containers
import Flows
import GRDB
import Records
import Testing

@testable import Store

@Suite("What is forgotten")
struct RetentionTests {
    private static func forgetAll(_ writer: StoreWriter, _ retention: RetentionRules, at second: Int64) throws {
        for _ in 0..<200 where try writer.forget(retention, at: .seconds(second)).isMore {}
    }

    @Test func isWhatIsTooOld() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write((1...100).map { SampleFlow.record($0, last: Int64($0)) })
        var retention = RetentionRules()
        retention.flows.age = 50
        try Self.forgetAll(writer, retention, at: 110)
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == Array(60...100))
    }

    @Test func isTheOldestOfWhatIsTooMuch() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write((1...20_000).map { SampleFlow.record($0, last: Int64($0)) })
        var retention = RetentionRules()
        retention.flows.size = 1 << 20
        let first = try writer.forget(retention, at: .seconds(20_000))
        // In small steps.
        #expect(first.isMore)
        #expect(first.rows < 10_000)
        try Self.forgetAll(writer, retention, at: 20_000)
        let left = try store.flows(FlowQuery(), limit: 100_000).records
        #expect(left.last?.identifier.bits == 20_000)
        #expect(1000...12_000 ~= left.count)
        // What nobody refers to any more gives its room back.
        #expect(try store.read { try DatabaseSize($0).used } < 4 << 20)
    }

    @Test(arguments: [false, true]) func isTrueOfAlertsByAgeAndBySize(bySize: Bool) throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var batch = StoreBatch()
        batch.alerts = (1...4000).map { number in
            AlertRecord(
                rule: "scan.vertical",
                name: "n",
                category: "scan",
                severity: 70,
                time: .seconds(Int64(number)),
                source: AlertRecord.End(.host(UInt32(number))),
                message: String(repeating: "m", count: 700)
            )
        }
        try writer.write(batch, at: .seconds(4000))
        var retention = RetentionRules()
        if bySize { retention.alerts.size = 1 << 20 } else { retention.alerts.age = 1000 }
        try Self.forgetAll(writer, retention, at: 4000)
        let left = try store.alerts(AlertQuery(), limit: 10_000).records
        #expect(left.last?.time == .seconds(4000))
        if bySize { #expect(700...1300 ~= left.count) } else { #expect(left.first?.time == .seconds(3000)) }
    }

    @Test func takesPartsWithTheLastFlowThatHasThem() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        // Seven hours apart, so that each writes its own parts.
        for hour in stride(from: Int64(0), to: 70, by: 7) {
            let flow = SampleFlow.record(UInt64(hour), last: hour * 3600, identities: SampleFlow.identities("web"))
            try writer.write([flow], at: hour * 3600)
        }
        func parts() throws -> Int { try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM parts") } ?? 0 }
        #expect(try parts() == 40)
        var retention = RetentionRules()
        retention.flows.age = 22 * 3600
        try Self.forgetAll(writer, retention, at: 63 * 3600)
        // Those of four flows, and of one more.
        #expect(try parts() == 20)
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == [42, 49, 56, 63])
    }

    @Test func takesMinutesOfEdgesAndThenTheEdges() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try store.pool.write { database in
            try database.execute(
                sql: """
                    INSERT INTO endpoints (id, kind, name, addresses, ambiguous, first, last)
                    VALUES (1, 'container', 'a', '', 0, 0, 6000000000000), (2, 'container', 'b', '', 0, 0, 1)
                    """
            )
            for edge in 1...300 {
                try database.execute(
                    sql:
                        "INSERT INTO edges VALUES (\(edge), \(edge == 300 ? 2 : 1), 1, 6, \(edge), 0, \(edge == 300 ? 1 : 6000000000000))"
                )
                try database.execute(sql: "INSERT INTO edge_minutes VALUES (\(edge), 0, 1, 1, 1, 1, 1, 0)")
                if edge < 300 {
                    try database.execute(sql: "INSERT INTO edge_minutes VALUES (\(edge), 6000, 1, 1, 1, 1, 1, 0)")
                }
            }
        }
        var retention = RetentionRules()
        retention.minutes.age = 3600
        for _ in 0..<5 { _ = try writer.forget(retention, at: .seconds(6060)) }
        let left = try store.read { database in
            try ["edge_minutes", "edges", "endpoints"].map {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0
            }
        }
        #expect(left == [299, 299, 1])
    }

    @Test func ofTooManyMinutesIsTheOldest() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try store.pool.write { database in
            try database.execute(
                sql: """
                    INSERT INTO endpoints (id, kind, name, addresses, ambiguous, first, last)
                    VALUES (1, 'container', 'a', '', 0, 0, 60000000000000);
                    INSERT INTO edges VALUES (1, 1, 1, 6, 80, 0, 60000000000000);
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
                    INSERT INTO edge_minutes SELECT 1, i * 60, 1, 1, 1, 1, 1, 0 FROM n
                    """
            )
        }
        var retention = RetentionRules()
        retention.minutes.size = 500 * 40
        for _ in 0..<30 { _ = try writer.forget(retention, at: .seconds(60_000)) }
        let (count, oldest) = try store.read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM edge_minutes") ?? 0,
                try Int.fetchOne(database, sql: "SELECT min(minute) FROM edge_minutes") ?? 0
            )
        }
        #expect(400...500 ~= count)
        #expect(oldest > 25_000)
    }

    @Test func writingGoesOnAfterwards() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var retention = RetentionRules()
        retention.flows.age = 10
        for second in stride(from: Int64(0), to: 200, by: 20) {
            let flow = SampleFlow.record(UInt64(second), last: second, identities: SampleFlow.identities("web"))
            try writer.write([flow], at: second)
            try Self.forgetAll(writer, retention, at: second)
        }
        let left = try store.flows(FlowQuery()).records
        #expect(left.map(\.identifier.bits) == [180])
        #expect(left.first?.identities?.source.container?.description.name == "web")
    }

    @Test func neverTakesPartsThatCameAfterSilence() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var retention = RetentionRules()
        retention.flows.age = 3600
        try writer.write([SampleFlow.record(1, last: 0, identities: SampleFlow.identities("web"))], at: 0)
        // All is forgotten, and two marks are set while nothing is written.
        for hour in [Int64(20), 40, 60] {
            try writer.write([], at: hour * 3600)
            try Self.forgetAll(writer, retention, at: hour * 3600)
        }
        try writer.write([SampleFlow.record(2, last: 220_000, identities: SampleFlow.identities("cart"))], at: 220_000)
        for second in Int64(220_001)...220_005 {
            try writer.write([SampleFlow.record(UInt64(second), last: second)], at: second)
            try Self.forgetAll(writer, retention, at: second)
        }
        #expect(try store.flows(FlowQuery()).records.count == 6)
    }

    @Test func aRowOfTheFutureDoesNotTakeTheOthers() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write([SampleFlow.record(1, last: 9_000_000_000)])
        var retention = RetentionRules()
        retention.flows.size = 1 << 20
        for block in UInt64(0)..<4 {
            try writer.write((1...5000).map { SampleFlow.record(block * 5000 + $0 + 1, last: Int64(block)) })
            try Self.forgetAll(writer, retention, at: 10)
        }
        #expect(try store.flows(FlowQuery(), limit: 100_000).records.count > 3000)
    }

    @Test func manyLongEdgesAreNoFault() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try store.pool.write { database in
            // Each as long as times reach: their sum does not fit.
            for edge in 1...10 {
                try database.execute(
                    sql: "INSERT INTO edges VALUES (\(edge), 1, 1, 6, \(edge), 0, 9000000000000000000)"
                )
            }
        }
        _ = try writer.forget(RetentionRules(), at: .seconds(9_000_000_000))
    }
}
