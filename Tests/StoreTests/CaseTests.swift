import Addressing
import Containers
import Flows
import Records
import Testing

@testable import Store

/// When there is a case, and what is said of it.
@Suite("Cases")
struct CaseTests {
    private static let start = CaseLife.start

    @Test func oneIsOpenedWithTheFirstAlertAndEndsWithTheContainer() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, ends: false)
        var record = try #require(try life.cases().first)
        #expect(record.number == 1)
        #expect(record.state == .open)
        #expect(record.container.description.name == "web")
        #expect(record.container.description.image == "shop/web:1")
        #expect(record.opened == .seconds(Self.start + 2))
        #expect(record.from == .seconds(Self.start + 2 - 86_400))
        #expect(record.addresses == [.host(7)])
        #expect(record.alerts == 1)
        try life.write(at: Self.start + 20) {
            $0.alerts = [try CaseLife.alert("web", at: Self.start + 19, severity: 95)]
        }
        try life.write(at: Self.start + 30) { batch in
            let key = try CaseLife.container("web").key
            batch.add(JournalEntry(time: .seconds(Self.start + 30), change: .containerEnded(key)))
        }
        record = try #require(try life.cases().first)
        #expect(try life.cases().count == 1)
        #expect(record.state == .ended)
        #expect(record.ended == .seconds(Self.start + 30))
        #expect(record.alerts == 2)
        #expect(record.worst.severity == 95)
        let news = life.writer.takeCaseNews()
        #expect(news.records.map(\.action) == [.opened, .ended])
        #expect(news.remarks == [])
        try life.requireCustody()
    }

    @Test func severalAtOnceHaveNumbersOfTheirOwn() throws {
        let life = try CaseLife()
        try life.write(at: Self.start) { batch in
            batch.alerts = try ["web", "cart", "web"].map { try CaseLife.alert($0, at: Self.start) }
        }
        #expect(try life.cases().map(\.number) == [1, 2])
        #expect(try life.cases().map(\.alerts) == [2, 1])
        try life.requireCustody()
    }

    @Test func whereNoneAreWantedNoneIsOpenedAndNothingSaid() throws {
        var rules = CaseRules()
        rules.count = 0
        let life = try CaseLife(rules)
        try life.play("web", at: Self.start)
        #expect(try life.cases(isAll: true).isEmpty)
        #expect(life.writer.takeCaseNews().isEmpty)
    }

    @Test func lessSevereAlertsMakeNone() throws {
        var rules = CaseRules()
        rules.severity = 80
        let life = try CaseLife(rules)
        try life.play("web", at: Self.start)
        #expect(try life.cases().isEmpty)
        try life.write(at: Self.start + 20) {
            $0.alerts = [try CaseLife.alert("web", at: Self.start + 19, severity: 80)]
        }
        #expect(try life.cases().count == 1)
    }

    /// What finds it looks a moment later.
    @Test func anAlertAfterTheEndMakesOneThatHasEnded() throws {
        let life = try CaseLife()
        try life.write(at: Self.start) { batch in
            batch.add(JournalEntry(time: .seconds(Self.start), change: .container(try CaseLife.container("web"))))
            let key = try CaseLife.container("web").key
            batch.add(JournalEntry(time: .seconds(Self.start + 1), change: .containerEnded(key)))
        }
        try life.write(at: Self.start + 3) { $0.alerts = [try CaseLife.alert("web", at: Self.start + 3)] }
        #expect(try life.cases().first?.ended == .seconds(Self.start + 1))
    }

    @Test func theSameContainerThatRunsAgainIsTheSameCase() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.write(at: Self.start + 99) { batch in
            var next = try CaseLife.container("web")
            next.key.generation += 1
            batch.add(JournalEntry(time: .seconds(Self.start + 99), change: .container(next)))
        }
        try life.play("web", at: Self.start + 100, ends: false)
        let records = try life.cases()
        #expect(records.map(\.state) == [.open])
        #expect(records.first?.alerts == 2)
        try life.release(1, at: Self.start + 200)
        try life.write(at: Self.start + 210) { $0.alerts = [try CaseLife.alert("web", at: Self.start + 209)] }
        #expect(try life.cases().map(\.number) == [2])
        #expect(try life.cases(isAll: true).map(\.number) == [1, 2])
    }

    @Test func aContainerThatEndedWhileNobodyWatchedHasEnded() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, ends: false)
        try life.play("cart", at: Self.start + 1, ends: false)
        let next = StoreWriter(life.store)
        try next.begin(at: .seconds(Self.start + 1000), version: "test")
        var batch = StoreBatch()
        batch.add(JournalEntry(time: .seconds(Self.start + 1001), change: .container(try CaseLife.container("cart"))))
        try next.write(batch, at: .seconds(Self.start + 1001))
        _ = try next.forget(RetentionRules(), at: .seconds(Self.start + 1010))
        #expect(try life.cases().map(\.state) == [.open, .open])
        _ = try next.forget(RetentionRules(), at: .seconds(Self.start + 1060))
        #expect(try life.cases().map(\.state) == [.ended, .open])
        #expect(try life.cases().first?.ended == .seconds(Self.start + 1000))
    }

    @Test func theMostThereMayBeAreOpenedAndFurtherOnesAreTold() throws {
        var rules = CaseRules()
        rules.count = 2
        let life = try CaseLife(rules)
        for (number, name) in ["web", "cart", "db", "db"].enumerated() {
            try life.play(name, at: Self.start + Int64(number) * 100)
        }
        #expect(try life.cases().map(\.container.description.name) == ["web", "cart"])
        let remarks = life.writer.takeCaseNews().remarks
        #expect(remarks.count == 1)
        #expect(remarks.first?.hasPrefix("no case is opened for db: 2 cases keep") == true)
        #expect(remarks.first?.hasSuffix("portolan case release 1 2") == true)
        #expect(life.writer.caseCondition.refused == 1)
        try life.release(1, at: Self.start + 1000)
        try life.play("db", at: Self.start + 1100)
        #expect(try life.cases().map(\.container.description.name) == ["cart", "db"])
        #expect(life.writer.caseCondition.refused == 0)
    }

    /// A transaction that fails opens nothing, and what is tried again is counted once.
    @Test func aFullDiskDoesNotCountTwice() throws {
        let life = try CaseLife()
        try life.play("cart", at: Self.start)
        let pages = try life.store.fillDisk()
        var batch = StoreBatch()
        batch.alerts = [try CaseLife.alert("web", at: Self.start + 20)]
        batch.ended = (1...5000).map { SampleFlow.record($0, identities: SampleFlow.identities("c\($0)")) }
        let failing = batch
        #expect(throws: StoreError.self) { try life.writer.write(failing, at: .seconds(Self.start + 20)) }
        try life.store.makeRoom(beyond: pages)
        _ = life.writer.takeCaseNews()
        try life.writer.write(batch, at: .seconds(Self.start + 21))
        #expect(life.writer.takeCaseNews().records.map(\.action) == [.opened])
        let records = try life.cases()
        #expect(records.map(\.number) == [1, 2])
        #expect(records.map(\.alerts) == [1, 1])
        try life.requireCustody()
    }

    @Test func recordsAreReadAsTheyWereWritten() throws {
        var record = CaseRecord(7, try CaseLife.container("web"), from: .seconds(1), opened: .seconds(2))
        record.add(try CaseLife.alert("a\u{1b}[31m\"b", at: 2))
        record.add(.host(1))
        (record.ended, record.released, record.releasedBy) = (.seconds(3), .seconds(4), "root (uid 0)")
        record.kept.add(100, isFlow: true)
        (record.kept.missing, record.kept.missingSince) = (3, .seconds(5))
        record.connections = 9
        record.seen = CaseRecord.Seen()
        record.packets = CaseRecord.Packets(files: 2, bytes: 3, path: "/a b/c", names: ["x-1", "\u{1b}\""])
        let line = record.line
        let read = try #require(try CaseRecord(reading: line.span))
        #expect(read.line == line)
        #expect(read.worst == record.worst && read.kept == record.kept && read.packets == record.packets)
        #expect(!line.contains(0x1b))
    }
}
