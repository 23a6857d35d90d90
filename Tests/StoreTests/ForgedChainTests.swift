import Addressing
import Custody
import GRDB
import Testing

@testable import Store

/// Chains that somebody took away, so that the agent begins them anew.
@Suite("Chains that are gone")
struct ForgedChainTests {
    /// What is found when an agent wrote on after somebody did something.
    private static func afterwards(_ sql: String) throws -> CustodyAnswer {
        let sample = try CustodySample()
        try DatabaseQueue(path: sample.path).write { try $0.execute(sql: sql) }
        #expect(try !sample.look().isComplete, "\(sql)")
        let (_, writer) = try sample.files.open(at: 2000)
        try CustodySample.write(2040, writer)
        return try sample.look()
    }

    @Test(arguments: [
        "DELETE FROM custody_links; DELETE FROM custody_heads",
        "DELETE FROM custody_links; DELETE FROM custody_heads; DELETE FROM custody_trail",
        "DELETE FROM custody_links; DELETE FROM custody_trail; UPDATE custody_heads SET number = 0, last = 0, digest = zeroblob(32)",
        """
        DELETE FROM custody_links WHERE strand = 'alerts'; DELETE FROM custody_heads WHERE strand = 'alerts';
        DELETE FROM custody_trail WHERE strand = 'alerts'
        """,
    ])
    func areToldForEver(sql: String) throws {
        let answer = try Self.afterwards(sql)
        #expect(answer.findings.contains { $0.kind == .altered && $0.table == "alerts" && $0.subject == .before(16) })
        // What was written since is looked at all the same.
        let alerts = try #require(answer.strands.first { $0.table == "alerts" })
        #expect(alerts.rows == 1 && alerts.uncovered == 16)
    }

    /// A chain that is set back to before it began, or cut short at its end; and what somebody puts into the trail.
    @Test(arguments: [
        """
        DELETE FROM custody_links WHERE strand = 'alerts';
        UPDATE custody_heads SET number = 0, last = 16, digest = zeroblob(32) WHERE strand = 'alerts';
        UPDATE alerts SET severity = 1
        """,
        """
        INSERT INTO custody_trail SELECT strand, 1 << 40, time, act, place, last, rows, leaves, previous, digest
        FROM custody_trail WHERE strand = 'alerts' AND number = 1
        """,
        """
        INSERT INTO custody_trail SELECT strand, 2, time, act, place, last, rows, leaves, previous, digest
        FROM custody_trail WHERE strand = 'alerts' AND number = 1
        """,
    ])
    func theTrailTellsOfThem(sql: String) throws {
        let sample = try CustodySample()
        let answer = try sample.altered(sql)
        #expect(answer.findings.contains { $0.table == "alerts" }, "\(answer.findings)")
    }

    /// The agent does not take the trail of a chain that was set back for a beginning.
    @Test func aChainThatIsSetBackIsToldForEver() throws {
        let answer = try Self.afterwards(
            """
            DELETE FROM custody_links WHERE strand = 'alerts';
            UPDATE custody_heads SET number = 0, last = 16, digest = zeroblob(32) WHERE strand = 'alerts'
            """
        )
        #expect(answer.findings.contains { $0.kind == .altered && $0.table == "alerts" && $0.subject == .before(16) })
    }

    @Test func ofMinutesAreToldToo() throws {
        let answer = try Self.afterwards(
            "DELETE FROM custody_links; DELETE FROM custody_heads; DELETE FROM custody_trail"
        )
        #expect(answer.findings.contains { $0.table == "edge_minutes" && $0.subject == .before(960) })
    }

    /// Rows of a version that kept no chain are not covered, and that is no finding.
    @Test func rowsFromBeforeAreNoFinding() throws {
        let folder = try StoreFolder()
        try Schema.migrator.migrate(DatabaseQueue(path: folder.path), upTo: "2")
        try DatabaseQueue(path: folder.path).write { database in
            for number in 1...16 {
                try database.execute(
                    sql: "INSERT INTO alerts VALUES (?, ?, 'x', 1, '{}')",
                    arguments: [number, number]
                )
            }
        }
        #expect(throws: StoreError.unchained(path: folder.path)) { try Store(reading: folder.path).custody() }
        let (store, writer) = try folder.open(at: 1000)
        try CustodySample.write(1020, writer)
        let answer = try store.custody()
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        let alerts = try #require(answer.strands.first { $0.table == "alerts" })
        #expect(alerts.rows == 1 && alerts.uncovered == 16)
    }

    @Test func whatWasOpenedAndNotWrittenIsComplete() throws {
        let folder = try StoreFolder()
        let store = try Store(path: folder.path)
        #expect(try store.custody().findings.isEmpty)
        // Rows that somebody puts there before the agent writes are not taken for old ones.
        try store.pool.write { try $0.execute(sql: "INSERT INTO alerts VALUES (1, 1, 'x', 1, '{}')") }
        #expect(try store.custody().findings == [.init(.added, "alerts", .rows(1...1))])
        try StoreWriter(store).begin(at: .seconds(1), version: "test")
        #expect(try store.custody().findings.map(\.subject) == [.before(1)])
    }

    /// Links that are kept for ever lead from what was cut off to what is there.
    @Test func whatIsCutOffLeavesATrail() throws {
        let (folder, first) = try Self.cut()
        let store = try Store(reading: folder.path)
        let answer = try store.custody()
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        let flows = try #require(answer.strands.first { $0.table == "flows" })
        #expect(flows.first > 1)
        #expect(try store.custodyLink(1, of: "flows") == nil)
        #expect(try store.custodyMilestone(1, of: "flows") == first)
        #expect(try #require(flows.milestone).number >= 512)
        for sql in [
            "DELETE FROM custody_trail WHERE strand = 'flows' AND number = 1",
            "DELETE FROM custody_trail WHERE strand = 'flows' AND number = 256",
            "DELETE FROM custody_trail WHERE strand = 'flows'",
            "UPDATE custody_trail SET digest = zeroblob(32) WHERE strand = 'flows' AND number = 256",
            "UPDATE custody_trail SET time = time + 1 WHERE strand = 'flows' AND number = 256",
            "DROP TABLE custody_trail",
        ] {
            let copy = try StoreFolder()
            try DatabaseQueue(path: folder.path).backup(to: DatabaseQueue(path: copy.path))
            try DatabaseQueue(path: copy.path).write { try $0.execute(sql: sql) }
            #expect(try !Store(reading: copy.path).custody().isComplete, "\(sql)")
        }
    }

    /// A database whose chain of flows was cut lawfully, and the digest of its first link.
    private static func cut() throws -> (StoreFolder, String?) {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        let first = try store.custodyLink(1, of: "flows")
        var rules = RetentionRules()
        rules.flows.age = 50
        for second in Int64(1)...600 {
            try writer.write([SampleFlow.record(UInt64(second), last: second)], at: second)
            guard second % 100 == 0 else { continue }
            for _ in 0..<300 where try writer.forget(rules, at: .seconds(second)).isMore {}
        }
        return (folder, first)
    }

    /// Minutes that somebody puts before those that were forgotten.
    @Test func minutesFromBeforeTheHorizonAreTold() throws {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 1000)
        var rules = RetentionRules()
        rules.minutes.age = 500
        for _ in 0..<3 { _ = try writer.forget(rules, at: .seconds(1000)) }
        #expect(try store.custody().findings.isEmpty)
        let left = try store.read { try Int64.fetchOne($0, sql: "SELECT min(minute) FROM edge_minutes") }
        #expect(left ?? 0 >= 500)
        try store.pool.write { try $0.execute(sql: "INSERT INTO edge_minutes VALUES (1, 120, 1, 1, 1, 1, 1, 1)") }
        // Its link is there still, and says that it was another.
        #expect(
            try store.custody().findings == [.init(.altered, "edge_minutes", .minute(120, row: 1), at: .seconds(300))]
        )
        try store.pool.write {
            try $0.execute(sql: "DELETE FROM edge_minutes WHERE minute = 120")
            try $0.execute(sql: "INSERT INTO container_minutes VALUES (1, -60, 1, 1, 1, 1, 1, 1)")
        }
        #expect(try store.custody().findings == [.init(.added, "container_minutes", .minute(-60, row: 1))])
    }
}
