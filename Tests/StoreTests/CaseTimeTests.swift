import Addressing
import Containers
import Flows
import GRDB
import Records
import Testing

@testable import Store

/// What comes too late, or at times that nobody expects.
@Suite("Cases and time")
struct CaseTimeTests {
    private static let start = CaseLife.start
    private static let later = start + 10 * CaseLife.day

    private static func tell(_ life: CaseLife, at second: Int64, _ change: (inout Container) -> Void) throws {
        var container = try CaseLife.container("web")
        change(&container)
        try life.write(at: second) {
            $0.add(JournalEntry(time: .seconds(second), change: .container(container)))
        }
    }

    @Test func whatIsToldLateOfOneThatHasEndedDoesNotOpenIt() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try Self.tell(life, at: Self.start + 12) { $0.description.labels["late"] = "yes" }
        var record = try #require(try life.cases().first)
        #expect(record.ended == .seconds(Self.start + 10))
        #expect(record.container.description.labels["late"] == "yes")
        // An alert of it is still one of a container that is gone.
        try life.release(1, at: Self.start + 13)
        try life.write(at: Self.start + 15) { $0.alerts = [try CaseLife.alert("web", at: Self.start + 14)] }
        #expect(try life.cases().first?.ended == .seconds(Self.start + 10))
        // Counted from the first again, and elsewhere.
        try Self.tell(life, at: Self.start + 20) { container in
            container.key.generation = 1
            container.namespace = NetworkNamespace(inode: 4_026_532_999)
        }
        record = try #require(try life.cases().first)
        #expect(record.state == .open)
        #expect(life.writer.takeCaseNews().records.map(\.action) == [.opened, .ended, .released, .opened, .resumed])
    }

    @Test func aClockThatIsSetBackLosesNothing() throws {
        let life = try CaseLife()
        let began = Self.start + 10 * CaseLife.day
        try life.play("web", at: began, ends: false)
        for second in [Self.start, Self.start + 5] {
            try life.write(at: second) { batch in
                let entry = JournalEntry(
                    time: .seconds(second),
                    change: .host(NetworkNamespace(inode: 1), name: "node")
                )
                batch.add(inventory: [entry], at: .seconds(second))
            }
        }
        try life.play("web", at: Self.start + 10, ends: false)
        #expect(try life.cases().map(\.from) == [.seconds(Self.start + 12)])
        try life.forget(at: began + 10 * CaseLife.day)
        try life.requireCustody()
        #expect(try life.store.alerts(AlertQuery()).records.count == 2)
        #expect(try life.cases().first?.kept.missing == 0)
    }

    /// Flows that were under way when it ended are told of when they have been silent for minutes.
    @Test func anAlertThatComesMinutesLaterIsKeptAndShown() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.write(at: Self.start + 400) { batch in
            var alert = try CaseLife.alert("web", at: Self.start + 400, severity: 90)
            (alert.first, alert.last) = (.seconds(Self.start + 5), .seconds(Self.start + 9))
            batch.alerts = [alert]
        }
        #expect(try life.cases().first?.alerts == 2)
        #expect(try life.store.caseDetail(1)?.alerts.map(\.severity) == [70, 90])
        try life.forget(at: Self.later)
        try life.requireCustody()
        #expect(try life.store.alerts(AlertQuery()).records.map(\.severity) == [70, 90])
        // The identifier is a name here, shorter than what names a container by its beginning.
        #expect(try life.store.caseDetail(1)?.record.seen?.flows == 10)
    }

    @Test func theEndOfAllTimeIsOne() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start, ends: false)
        try life.write(at: Self.start + 20) { batch in
            let key = try CaseLife.container("web").key
            batch.add(JournalEntry(time: Timestamp(nanoseconds: .max), change: .containerEnded(key)))
        }
        #expect(try life.store.caseDetail(1)?.alerts.count == 1)
    }

    /// Between what a case keeps and what is there yet the journal has a hole: who was who then is not known.
    @Test func whatACaseKeepsTellsNothingOfTimesAfterIt() throws {
        let life = try CaseLife()
        try life.play("web", at: Self.start)
        try life.play("cart", at: Self.start + CaseLife.day, ends: false)
        try life.play("db", at: Self.later - 7200, ends: false)
        for number in UInt64(2)...3 { try life.release(number, at: Self.later - 1) }
        try life.forget(at: Self.later)
        let lines = try life.store.journal().map(\.number)
        #expect(try life.store.beginning(of: .seconds(Self.start + 5)) == lines.first)
        let live = try life.store.read { try Int64.fetchOne($0, sql: "SELECT min(id) FROM journal") }
        #expect(live != nil && live != lines.first)
        #expect(try life.store.beginning(of: .seconds(Self.start + 3 * CaseLife.day)) == live)
    }
}
