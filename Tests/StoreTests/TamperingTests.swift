import Addressing
import GRDB
import Records
import Testing

@testable import Store

/// Whatever is altered with SQLite alone is found, and where.
@Suite("Tampering")
struct TamperingTests {
    private let sample: CustodySample

    init() throws {
        sample = try CustodySample()
    }

    @Test func whatNobodyTouchedIsComplete() throws {
        let answer = try sample.look()
        #expect(answer.findings.isEmpty)
        #expect(answer.strands.map(\.table) == CoveredTable.allCases.map(\.rawValue))
        // There are no cases in it.
        for strand in answer.strands where !strand.table.hasPrefix("case") {
            #expect(strand.rows > 0, "\(strand.table)")
        }
        #expect(answer.database?.utf8.count == 32)
        // A copy is as good.
        #expect(try sample.altered("SELECT 1").isComplete)
    }

    /// A link that names more rows than there is time to look for.
    @Test(.timeLimit(.minutes(1)), arguments: [1, 3])
    func rowsWithoutEndAreNotLookedFor(number: Int) throws {
        let answer = try sample.altered(
            "UPDATE custody_links SET rows = x'01feffffffffffffff7f' WHERE strand = 'flows' AND act = 1 AND number >= \(number)"
        )
        #expect(!answer.isComplete)
    }

    /// A chain whose end is said to be at the last number there is: nothing can be added, and nobody falls.
    @Test func aNumberThatCannotBeFollowedEndsNobody() throws {
        try DatabaseQueue(path: sample.path).write { database in
            try database.execute(sql: "DELETE FROM blocks")
            try database.execute(sql: "UPDATE custody_heads SET last = \(Int64.max) WHERE strand = 'blocks'")
        }
        let (_, writer) = try sample.files.open(at: 10_000)
        var rules = RetentionRules()
        rules.flows.age = 1
        _ = try? writer.forget(rules, at: .seconds(1_000_000))
        #expect(try !sample.look().isComplete)
    }

    /// A query that alters a row, the table, and the row's number.
    @Test(arguments: [
        ("UPDATE flows SET destination_port = 443 WHERE id = 7", "flows", Int64(7)),
        ("UPDATE flows SET fields = zeroblob(length(fields)) WHERE id = 8", "flows", 8),
        ("UPDATE parts SET value = replace(CAST(value AS TEXT), 'shop', 'shoq') WHERE 0", "", 0),
        ("UPDATE parts SET since = since + 1 WHERE id = 2", "parts", 2),
        ("UPDATE journal SET line = replace(line, 'node', 'nodf') WHERE id = 3", "journal", 3),
        ("UPDATE gaps SET reason = 'shed' WHERE id = 2", "gaps", 2),
        ("UPDATE gaps SET since = NULL WHERE id = 2", "gaps", 2),
        ("UPDATE alerts SET severity = 10 WHERE id = 5", "alerts", 5),
        ("UPDATE audit SET actor = 'uid 1' WHERE id = 16", "audit", 16),
        ("UPDATE blocks SET removed = NULL WHERE id = 1", "blocks", 1),
        ("UPDATE sessions SET version = 'other' WHERE id = 1", "sessions", 1),
        ("UPDATE sessions SET heard = heard + 1 WHERE id = 1", "sessions", 1),
    ])
    func ofARowIsFound(sql: String, table: String, row: Int64) throws {
        let findings = try sample.altered(sql).findings
        guard !table.isEmpty else { return #expect(findings.isEmpty) }
        try #require(findings.count == 1)
        #expect(findings[0].kind == .altered && findings[0].table == table)
        #expect(findings[0].subject == .rows(row...row))
        #expect(findings[0].time != nil)
    }

    @Test func ofAMinuteIsFound() throws {
        let byValue = try sample.altered("UPDATE edge_minutes SET flows = flows + 1 WHERE minute = 120 AND edge = 1")
        #expect(byValue.findings == [.init(.altered, "edge_minutes", .minute(120, row: 1), at: .seconds(300))])
        // What an edge is, its minutes say, too.
        let byEdge = try sample.altered("UPDATE edges SET port = 22 WHERE id = 2")
        #expect(byEdge.findings.count > 5)
        #expect(byEdge.findings.allSatisfy { $0.kind == .altered && $0.table == "edge_minutes" })
        let removed = try sample.altered("DELETE FROM container_minutes WHERE minute = 180 AND container = 1")
        #expect(removed.findings == [.init(.removed, "container_minutes", .minute(180, row: 1), at: .seconds(360))])
        let added = try sample.altered("INSERT INTO edge_minutes VALUES (9, 180, 1, 1, 1, 1, 1, 1)")
        #expect(added.findings == [.init(.added, "edge_minutes", .minute(180, row: 9))])
    }

    @Test func ofTwoRowsThatChangedPlacesIsFound() throws {
        let answer = try sample.altered(
            "UPDATE alerts SET id = -1 WHERE id = 3; UPDATE alerts SET id = 3 WHERE id = 4; UPDATE alerts SET id = 4 WHERE id = -1"
        )
        #expect(answer.findings.map(\.subject) == [.rows(3...3), .rows(4...4)])
        #expect(answer.findings.allSatisfy { $0.kind == .altered })
    }

    @Test(arguments: [(1...1, Int64(60)), (20...24, 240), (99...104, 960)])
    func whatWasRemovedIsFound(rows: ClosedRange<Int64>, second: Int64) throws {
        let answer = try sample.altered("DELETE FROM flows WHERE id BETWEEN \(rows.lowerBound) AND \(rows.upperBound)")
        #expect(answer.findings == [.init(.removed, "flows", .rows(rows), at: .seconds(second))])
    }

    @Test func theLastSecondIsMissed() throws {
        let answer = try sample.altered { database in
            // There are no cases in it.
            let tables = CoveredTable.allCases.filter { !$0.isByMinute && !$0.rawValue.hasPrefix("case") }
            for table in tables where table != .sessions {
                let links = "FROM custody_links WHERE strand = '\(table.rawValue)' AND time = 960000000000"
                let gone = try Int64.fetchOne(database, sql: "SELECT count(*) \(links)") ?? 0
                #expect(gone > 0, "\(table)")
                try database.execute(sql: "DELETE \(links)")
            }
            for table in ["flows", "alerts", "journal", "gaps", "audit"] {
                let time = table == "flows" ? "last" : "time"
                try database.execute(sql: "DELETE FROM \(table) WHERE \(time) >= 959000000000")
            }
        }
        let missed = Set(answer.findings.filter { $0.kind == .removed }.map(\.table))
        #expect(missed.isSuperset(of: ["flows", "alerts", "journal", "gaps", "audit", "parts", "blocks"]))
    }

    @Test func whatWasAddedIsFoundAndCoversItselfNever() throws {
        let sql = "INSERT INTO alerts (id, time, rule, severity, record) VALUES (900, 1, 'x', 1, '{}')"
        #expect(try sample.altered(sql).findings == [.init(.added, "alerts", .rows(900...900))])
        let copy = try CustodySample()
        try DatabaseQueue(path: copy.path).write { try $0.execute(sql: sql) }
        let (_, writer) = try copy.files.open(at: 2000)
        try CustodySample.write(2040, writer)
        #expect(try copy.look().findings == [.init(.added, "alerts", .rows(900...900))])
    }

    @Test(arguments: ["digest", "leaves", "rows"])
    func ofTheChainItselfIsFound(column: String) throws {
        let link = "strand = 'alerts' AND number = 4"
        let answer = try sample.altered(
            """
            UPDATE custody_links SET \(column) = CAST(substr(\(column), 1, length(\(column)) - 1) || x'07' AS BLOB) WHERE \(link)
            """
        )
        #expect(answer.findings == [.init(.altered, "alerts", .links(4...4), at: .seconds(180))])
    }

    @Test(arguments: [
        "time = time + 1", "act = 2", "act = 77", "place = 5", "last = last + 1", "strand = 'audit', number = 77",
    ])
    func ofALinksColumnsIsFound(change: String) throws {
        let answer = try sample.altered("UPDATE custody_links SET \(change) WHERE strand = 'alerts' AND number = 4")
        #expect(answer.findings.contains { $0.table == "alerts" && $0.subject == .links(4...4) }, "\(answer.findings)")
    }

    @Test func linksThatWereRemovedAreMissed() throws {
        let middle = try sample.altered("DELETE FROM custody_links WHERE strand = 'gaps' AND number BETWEEN 4 AND 6")
        #expect(middle.findings.first?.subject == .links(4...6))
        let first = try sample.altered("DELETE FROM custody_links WHERE strand = 'gaps' AND number < 3")
        #expect(first.findings.first?.subject == .links(1...2))
        let all = try sample.altered("DELETE FROM custody_links WHERE strand = 'gaps'; DELETE FROM gaps")
        #expect(all.findings.first?.kind == .removed)
        let head = try sample.altered("DELETE FROM custody_heads WHERE strand = 'gaps'")
        #expect(head.findings.map(\.subject) == [.head])
        let moved = try sample.altered("UPDATE custody_heads SET number = number - 1 WHERE strand = 'gaps'")
        #expect(moved.findings.contains { $0.subject == .head && $0.kind == .altered })
        let value = try sample.altered("UPDATE custody_heads SET digest = zeroblob(32) WHERE strand = 'gaps'")
        #expect(value.findings.map(\.subject) == [.head])
    }

    @Test func theAgentWritesOnWhateverItsHeadSays() throws {
        let copy = try CustodySample()
        try DatabaseQueue(path: copy.path).write {
            try $0.execute(sql: "DELETE FROM custody_heads; UPDATE custody_links SET digest = x'00'")
        }
        let (store, writer) = try copy.files.open(at: 2000)
        try CustodySample.write(2040, writer)
        #expect(try store.alerts(AlertQuery()).records.last?.time == .seconds(2040))
        #expect(try copy.look().isComplete == false)
    }

    @Test func aDatabaseWithoutAChainSaysSo() throws {
        let copy = try CustodySample()
        try DatabaseQueue(path: copy.path).write { try $0.execute(sql: "DROP TABLE custody_links") }
        #expect(throws: StoreError.unchained(path: copy.path)) { try copy.look() }
    }
}
