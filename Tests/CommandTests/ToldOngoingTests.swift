import Flows
import Records
import Testing

@testable import portolan

@Suite("Flows of an agent that go on")
struct ToldOngoingTests {
    private func news(_ told: ToldOngoing, _ records: [(FlowAction, UInt64)]) -> [Bool] {
        var told = told
        return records.map { told.isNews($0, FlowIdentifier(bits: $1)) }
    }

    @Test func areToldOnceWhereOthersFollow() {
        let told = ToldOngoing(isStored: true, follows: true)
        #expect(news(told, [(.updated, 1), (.updated, 1), (.ended, 1)]) == [true, false, true])
        #expect(news(told, [(.started, 2), (.updated, 2), (.ended, 2)]) == [true, false, true])
    }

    @Test func areAllToldWhereNothingFollows() {
        let told = ToldOngoing(isStored: true, follows: false)
        #expect(news(told, [(.updated, 1), (.updated, 2)]) == [true, true])
    }

    @Test func areNotToldWhereNothingIsRemembered() {
        let told = ToldOngoing(isStored: false, follows: true)
        #expect(news(told, [(.started, 1), (.updated, 1), (.ended, 1)]) == [true, false, true])
    }
}
