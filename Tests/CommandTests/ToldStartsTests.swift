import Records
import Testing

@testable import portolan

@Suite("Starts told of")
struct ToldStartsTests {
    /// Whether each record was news, in order.
    private func news(_ records: [(FlowAction, UInt32, isSettled: Bool)]) -> [Bool] {
        var told = ToldStarts()
        return records.map { told.isNews($0, $1, isSettled: $2) }
    }

    @Test func whatWasToldWithoutItsNameIsNotToldAgain() {
        #expect(news([(.started, 1, false), (.updated, 1, true), (.ended, 1, true)]) == [true, false, true])
    }

    @Test func whatAFilterFindsByItsNameIsToldOfThen() {
        // Its start was left out.
        #expect(news([(.started, 1, false), (.updated, 2, true), (.ended, 2, true)]) == [true, true, true])
    }

    @Test func theEndForgets() {
        var told = ToldStarts()
        for serial in 0..<UInt32(ToldStarts.limit * 2) {
            _ = told.isNews(.started, serial, isSettled: false)
            _ = told.isNews(.ended, serial, isSettled: false)
        }
        _ = told.isNews(.started, 7, isSettled: false)
        let isNews = told.isNews(.updated, 7, isSettled: true)
        #expect(!isNews)
    }

    @Test func whatIsTooManyMayBeToldTwice() {
        var told = ToldStarts()
        for serial in 0...UInt32(ToldStarts.limit) { _ = told.isNews(.started, serial, isSettled: false) }
        let repeats = [
            told.isNews(.updated, 0, isSettled: true), told.isNews(.updated, UInt32(ToldStarts.limit), isSettled: true),
        ]
        #expect(repeats == [false, true])
    }
}
