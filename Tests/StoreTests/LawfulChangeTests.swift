import Addressing
import GRDB
import Testing

@testable import Store

/// What the agent forgets is told from what somebody took away.
@Suite("What was let go lawfully")
struct LawfulChangeTests {
    private static func forget(_ writer: StoreWriter, _ rules: RetentionRules, at second: Int64) throws {
        for _ in 0..<300 where try writer.forget(rules, at: .seconds(second)).isMore {}
    }

    private static func lookedAt(_ store: Store) throws -> CustodyAnswer { try store.custody() }

    @Test func isNoFinding() throws {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 1000)
        var rules = RetentionRules()
        for path in [\RetentionRules.flows.age, \.journal.age, \.gaps.age, \.alerts.age, \.audit.age, \.minutes.age] {
            rules[keyPath: path] = 500
        }
        try Self.forget(writer, rules, at: 1000)
        let answer = try Self.lookedAt(store)
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        let left = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM alerts") ?? 0 }
        #expect(left == 8)
        // What was left and is taken away by hand is one.
        try store.pool.write { try $0.execute(sql: "DELETE FROM alerts WHERE id = 12") }
        #expect(try Self.lookedAt(store).findings.map(\.subject) == [.rows(12...12)])
    }

    @Test func aRowThatComesBackIsFound() throws {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 1000)
        var rules = RetentionRules()
        rules.gaps.age = 500
        try Self.forget(writer, rules, at: 1000)
        try store.pool.write {
            try $0.execute(sql: "INSERT INTO gaps (id, time, reason) VALUES (2, 120000000000, 'capture')")
        }
        #expect(try Self.lookedAt(store).findings == [.init(.added, "gaps", .rows(2...2))])
    }

    @Test func numbersAreNeverGivenTwice() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var rules = RetentionRules()
        rules.flows.age = 10
        for second in stride(from: Int64(0), through: 100, by: 20) {
            try writer.write([SampleFlow.record(UInt64(second + 1), last: second)], at: second)
            try Self.forget(writer, rules, at: second + 15)
        }
        try writer.write([SampleFlow.record(1000, last: 200)], at: 200)
        #expect(try store.read { try Int64.fetchAll($0, sql: "SELECT id FROM flows") } == [7])
        #expect(try Self.lookedAt(store).isComplete)
    }

    /// The chain forgets its own oldest links, so that it does not grow for ever; it still begins where it says.
    @Test func theChainIsCutAndSaysWhere() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var rules = RetentionRules()
        rules.flows.age = 50
        for second in Int64(1)...800 {
            try writer.write([SampleFlow.record(UInt64(second), last: second)], at: second)
            if second % 100 == 0 { try Self.forget(writer, rules, at: second) }
        }
        let links = try store.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM custody_links WHERE strand = 'flows'") ?? 0
        }
        #expect(links < 500)
        let answer = try Self.lookedAt(store)
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        #expect(answer.database?.utf8.count == 32)
        // A link more that goes is missed.
        try store.pool.write {
            try $0.execute(
                sql:
                    "DELETE FROM custody_links WHERE strand = 'flows' AND number = (SELECT min(number) FROM custody_links WHERE strand = 'flows')"
            )
        }
        #expect(try Self.lookedAt(store).findings.first?.kind == .removed)
    }

    /// Minutes that an agent which was killed had not covered yet are covered by the next.
    @Test func minutesOfAKilledAgentAreCoveredLater() throws {
        let sample = try CustodySample()
        #expect(try sample.look().strands.first { $0.table == "edge_minutes" }?.uncovered ?? 0 > 0)
        let (store, writer) = try sample.files.open(at: 2000)
        try writer.write([], at: 2001)
        let answer = try Self.lookedAt(store)
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        #expect(answer.strands.first { $0.table == "edge_minutes" }?.uncovered == 0)
    }

    @Test func whileAnAgentWritesAndAfterAFullDisk() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write([SampleFlow.record(1)])
        let pages = try store.fillDisk()
        #expect(throws: StoreError.self) {
            try writer.write((2...5000).map { SampleFlow.record($0, identities: SampleFlow.identities("c\($0)")) })
        }
        try store.makeRoom(beyond: pages)
        try writer.write([SampleFlow.record(2)])
        #expect(try Self.lookedAt(Store(reading: folder.path)).isComplete)
    }
}
