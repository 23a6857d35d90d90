import Addressing
import Containers
import Flows
import GRDB
import Records
import Testing

@testable import Store

/// What a case may take of the room, and what counting costs.
@Suite("Room for cases")
struct CaseRoomTests {
    private static let start = CaseLife.start
    private static let later = start + 10 * CaseLife.day

    /// A loud host's journal does not take the room of what the container itself did.
    @Test func whatTellsOfTheWholeHostTakesAQuarter() throws {
        var rules = CaseRules()
        rules.size = 80_000
        let life = try CaseLife(rules)
        try life.play("web", at: Self.start, flows: 20, ends: false)
        try life.write(at: Self.start + 5) { batch in
            for number in 0..<300 {
                let change = JournalEntry.Change.host(NetworkNamespace(inode: UInt64(number)), name: "node-\(number)")
                batch.add(JournalEntry(time: .seconds(Self.start + 5), change: change))
            }
        }
        // The journal's time is over first.
        var retention = RetentionRules()
        (retention.journal.age, retention.cases) = (CaseLife.day, rules)
        for second in [Int64(0), 60, 120] { _ = try life.writer.forget(retention, at: .seconds(Self.later + second)) }
        try life.forget(at: Self.later + 200, cases: rules)
        try life.requireCustody()
        let kept = try #require(try life.cases().first?.kept)
        #expect(kept.flows == 20)
        #expect(kept.missing > 100)
        #expect(1...5000 ~= kept.ofAll)
        try life.release(1, at: Self.later + 300)
        try life.forget(at: Self.later + 301, cases: rules)
        #expect(try life.cases(isAll: true).first?.kept.ofAll == 0)
    }

    @Test func countsAreWrittenOnceAMinuteAndAtTheEnd() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, ends: false)
        var rules = RetentionRules()
        rules.flows.age = CaseLife.day
        let all = try life.count("custody_links WHERE strand = 'cases'")
        for second in Int64(0)..<50 {
            let now = Self.later + second
            try life.write(at: now) { batch in
                batch.ended = [
                    SampleFlow.record(
                        UInt64(now),
                        first: now - 2 * CaseLife.day,
                        last: now - 2 * CaseLife.day,
                        identities: SampleFlow.identities("web")
                    )
                ]
            }
            _ = try life.writer.forget(rules, at: .seconds(now))
        }
        #expect(try life.count("custody_links WHERE strand = 'cases'") - all <= 3)
        #expect(try life.count("case_flows") == 60)
        try life.writer.end(at: .seconds(Self.later + 50))
        #expect(try life.cases().first?.kept.flows == 60)
        try life.requireCustody()
    }

    /// A transaction that fails loses no count of those before.
    @Test func countsOutliveAFailure() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, flows: 1500, ends: false)
        var rules = RetentionRules()
        rules.flows.age = CaseLife.day
        _ = try life.writer.forget(rules, at: .seconds(Self.later))
        _ = try life.writer.forget(rules, at: .seconds(Self.later + 1))
        let pages = try life.store.fillDisk()
        var batch = StoreBatch()
        batch.ended = (1...5000).map { SampleFlow.record($0, identities: SampleFlow.identities("c\($0)")) }
        let failing = batch
        #expect(throws: StoreError.self) { try life.writer.write(failing, at: .seconds(Self.later + 2)) }
        try life.store.makeRoom(beyond: pages)
        try life.writer.end(at: .seconds(Self.later + 3))
        #expect(try life.cases().first?.kept.flows == 1500)
        try life.requireCustody()
    }

    @Test func noneIsOpenedThatCouldKeepNothing() throws {
        var rules = CaseRules()
        rules.size = 1 << 20
        let life = try CaseLife(rules)
        try life.play("web", at: Self.start, ends: false)
        try life.store.pool.write { database in
            let sql = "UPDATE cases SET record = replace(record, '\"bytes\":0', '\"bytes\":\((1 << 20) - 1000)')"
            try database.execute(sql: sql)
        }
        let next = StoreWriter(life.store)
        try next.begin(at: .seconds(Self.start + 100), version: "test")
        var retention = RetentionRules()
        retention.cases = rules
        next.setCases(retention)
        var batch = StoreBatch()
        batch.alerts = [try CaseLife.alert("cart", at: Self.start + 101)]
        try next.write(batch, at: .seconds(Self.start + 101))
        #expect(try life.cases().map(\.number) == [1])
        #expect(next.caseCondition.refused == 1)
    }
}
