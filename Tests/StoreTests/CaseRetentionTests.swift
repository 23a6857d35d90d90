import Addressing
import Containers
import Enforcement
import Flows
import GRDB
import Records
import Testing

@testable import Store

/// What a case keeps when all else of its time is forgotten, and that it goes when it is let go.
@Suite("What cases keep")
struct CaseRetentionTests {
    private static let start = CaseLife.start
    private static let later = start + 10 * CaseLife.day

    private static func names(_ flows: [FlowRecord]) -> Set<String> {
        Set(flows.compactMap { $0.identities?.source.container?.description.name })
    }

    @Test func allOfItStaysAndNothingElse() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        let before = try life.flows()
        try life.write(at: Self.start + 20) { batch in
            batch.blocks = [
                try SampleBlock.record(1, of: CaseLife.container("web").key, at: .seconds(Self.start + 4))
                    .ended(at: .seconds(Self.start + 9)),
                try SampleBlock.record(2, at: .seconds(Self.start + 4)).ended(at: .seconds(Self.start + 9)),
                try SampleBlock.record(3, at: .seconds(Self.start + 20)),
            ]
            batch.alerts = [try CaseLife.alert("cart", at: Self.start + 15, severity: 10)]
        }
        // Parts go with marks, which are set as time passes.
        for hour in [Int64(20), 40, 60] { try life.write(at: Self.start + hour * 3600) { _ in } }
        try life.forget(at: Self.later)
        try life.requireCustody()
        #expect(try life.count("flows") == 0)
        #expect(try life.count("journal") == 0)
        #expect(try life.count("parts") == 0)
        // Every flow is as it was, with who was who.
        let kept = try life.flows()
        #expect(SampleFlow.lines(kept) == SampleFlow.lines(before.filter { Self.names([$0]) == ["web"] }))
        #expect(kept.count == 10)
        #expect(try life.store.journal().count == 2)
        #expect(try life.store.gaps().count == 1)
        #expect(try life.store.alerts(AlertQuery()).records.map(\.message) == ["web scans"])
        let blocks = try life.store.blocks(since: .seconds(0), until: .seconds(Self.later)) { Issue.record("\($0)") }
        #expect(blocks.map(\.block.identifier.number) == [1, 3])
        let record = try #require(try life.cases().first)
        #expect(record.kept.flows == 10)
        // Flows, two entries, a gap, an alert, a block.
        #expect(record.kept.rows == 15)
        #expect(record.kept.missing == 0)
        let span = try #require(try life.store.span())
        #expect(span.first == .seconds(Self.start))
    }

    @Test func letGoItGoesToo() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.forget(at: Self.later)
        try life.release(1, at: Self.later + 10)
        try life.forget(at: Self.later + 20)
        try life.requireCustody()
        for table in ["flows", "journal", "gaps", "alerts", "blocks", "parts"] {
            #expect(try life.count("case_\(table)") == 0, "\(table)")
        }
        #expect(try life.flows().isEmpty)
        #expect(try life.cases().isEmpty)
        // That there was one is told as long as the audit.
        let record = try #require(try life.cases(isAll: true).first)
        #expect(record.state == .released)
        #expect(record.releasedBy == "root (uid 0)")
        #expect(record.kept.rows == 0)
        try life.play("cart", at: Self.later + 30)
        try life.forget(at: Self.later + 20 * CaseLife.day)
        #expect(try life.cases(isAll: true).map(\.number) == [2])
        try life.requireCustody()
    }

    @Test func whatTwoWantStaysForTheOther() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, ends: false)
        try life.play("cart", at: Self.start + 1, ends: false)
        try life.write(at: Self.start + 5) { batch in
            batch.ended = [
                SampleFlow.record(
                    7,
                    first: Self.start + 4,
                    last: Self.start + 5,
                    identities: SampleFlow.identities("web", "cart")
                )
            ]
        }
        try life.forget(at: Self.later)
        #expect(try life.count("case_flows") == 21)
        try life.release(1, at: Self.later + 1)
        try life.forget(at: Self.later + 2)
        try life.requireCustody()
        let kept = try life.flows()
        #expect(kept.count == 11)
        #expect(kept.contains { $0.identifier.bits == 7 && $0.identities?.source.container?.description.name == "web" })
        // Who was who, and what is missing, is of both.
        #expect(try life.store.gaps().count == 2)
        #expect(try life.store.journal().count == 2)
        try life.release(2, at: Self.later + 3)
        try life.forget(at: Self.later + 4)
        try life.requireCustody()
        #expect(try life.flows().isEmpty)
        #expect(try life.count("case_parts") == 0)
    }

    /// Who was who before the case began was told the day before: from there on the journal is kept, and nothing of it is taken for
    /// what is so now.
    @Test func theJournalFromTheLastTellingOfAllOn() throws {
        let life = try CaseLife()
        let began = Self.start + 3 * CaseLife.day
        for day in Int64(0)..<4 {
            let second = Self.start + day * CaseLife.day
            try life.write(at: second) { batch in
                let entry = JournalEntry(
                    time: .seconds(second),
                    change: .host(NetworkNamespace(inode: 1), name: "node-\(day)")
                )
                batch.add(inventory: [entry], at: .seconds(second))
            }
        }
        try life.play("web", at: began + 3600)
        try life.forget(at: Self.later)
        try life.requireCustody()
        let lines = try life.store.journal()
        // From the telling before the day that is kept before the alert.
        #expect(lines.first?.text.contains("node-2") == true)
        #expect(lines.count == 4)
        #expect(try life.store.beginning(of: .seconds(began)) == lines[1].number)
        #expect(try life.writer.lacksInventory(at: .seconds(began + 7200)))
        try life.release(1, at: Self.later)
        try life.forget(at: Self.later + 1)
        #expect(try life.store.journal().isEmpty)
    }

    /// By size as by age, in the order that rows have everywhere.
    @Test func alsoWhereThereIsTooMuch() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.write(at: Self.start + 60) { batch in
            batch.ended = (1...20_000).map { SampleFlow.record($0, last: Self.start + 60) }
        }
        var rules = RetentionRules()
        rules.flows.size = 1 << 20
        for _ in 0..<40 where try life.writer.forget(rules, at: .seconds(Self.start + 70)).isMore {}
        try life.requireCustody()
        let flows = try life.flows()
        #expect(1000...12_000 ~= flows.count)
        #expect(Self.names(flows) == ["web"])
        #expect(flows.prefix(10).allSatisfy { Self.names([$0]) == ["web"] })
        var newest = FlowQuery()
        newest.isNewestFirst = true
        #expect(
            try life.store.flows(newest, limit: 100_000).records.map(\.identifier) == flows.reversed().map(\.identifier)
        )
    }

    @Test func onlyAsMuchAsThereIsRoomFor() throws {
        var rules = CaseRules()
        rules.size = 40_000
        let life = try CaseLife(rules)
        try life.play("web", at: Self.start, flows: 200)
        try life.play("cart", at: Self.start + 100, flows: 5)
        _ = life.writer.takeCaseNews()
        try life.forget(at: Self.later, cases: rules)
        try life.requireCustody()
        let records = try life.cases()
        // A quarter for one, so that there is something left for the next.
        #expect(records[0].kept.bytes <= 12_000)
        #expect(records[0].kept.missing > 100)
        #expect(records[0].kept.missingSince == .seconds(Self.later))
        #expect(records[1].kept.flows == 5)
        #expect(records[1].kept.missing == 0)
        #expect(life.writer.takeCaseNews().records.map(\.action) == [.full])
        #expect(life.writer.caseCondition.full == 1)
        #expect(try life.count("flows") == 0)
    }

    @Test(arguments: [
        ("UPDATE case_flows SET destination_port = 443 WHERE id = 3", "case_flows"),
        ("UPDATE case_flows SET case_id = 2 WHERE id = 3", "case_flows"),
        ("DELETE FROM case_journal WHERE id = 1", "case_journal"),
        ("UPDATE case_gaps SET since = NULL", "case_gaps"),
        ("UPDATE case_alerts SET record = replace(record, 'scans', 'sleeps')", "case_alerts"),
        ("UPDATE case_parts SET value = x'00' WHERE id = 1", "case_parts"),
        ("UPDATE cases SET released = 1", "cases"),
    ])
    func whatIsAlteredOfItIsFound(sql: String, table: String) throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.forget(at: Self.later)
        try life.requireCustody()
        try life.store.pool.write { try $0.execute(sql: sql) }
        let answer = try life.store.custody()
        #expect(!answer.isComplete)
        #expect(answer.findings.allSatisfy { $0.table == table }, "\(answer.findings)")
    }

    /// In small steps, however much there is.
    @Test func someRowsAtATime() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, flows: 5000)
        var rules = RetentionRules()
        rules.flows.age = CaseLife.day
        let step = try life.writer.forget(rules, at: .seconds(Self.later))
        #expect(step.isMore)
        #expect(try life.count("case_flows") == CaseKeeping.step)
        try life.forget(at: Self.later)
        #expect(try life.count("case_flows") == 5000)
        try life.release(1, at: Self.later)
        #expect(try life.writer.forget(rules, at: .seconds(Self.later)).isMore)
        #expect(try life.count("case_flows") == 5000 - CaseKeeping.step)
        try life.requireCustody()
    }
}
