import Addressing
import Agent
import Records
import Testing

@Suite("Counts of alerts")
struct AlertTallyTests {
    private static func hour(_ tally: AlertTally, at second: Int64) -> [UInt64] {
        AlertSeverity.allCases.map { tally.lastHour($0, at: Timestamp(nanoseconds: second * 1_000_000_000)) }
    }

    @Test func haveAllRulesFromTheBeginning() {
        // Whoever watches a counter grow must not miss the first.
        let tally = AlertTally()
        #expect(tally.byRule.count == AlertRecord.rules.count && tally.byRule["scan.vertical"] == 0)
        #expect(tally.byRule.values.allSatisfy { $0 == 0 } && tally.total == 0)
    }

    @Test func countByRuleAndTakeNoNameFromElsewhere() {
        var tally = AlertTally()
        for rule in ["scan.vertical", "scan.vertical", "flood.syn", "no\"rule", "worm.morris"] {
            tally.add(SampleAlert.record(1, at: 1, rule))
        }
        #expect(tally.byRule["scan.vertical"] == 2 && tally.byRule["flood.syn"] == 1 && tally.byRule["other"] == 2)
        #expect(tally.byRule.count == AlertRecord.rules.count + 1 && tally.total == 5)
    }

    @Test func forgetWhatIsAnHourOld() {
        var tally = AlertTally()
        for (second, severity) in [(Int64(60), 10), (119, 50), (120, 70), (3000, 90), (3000, 90)] {
            tally.add(SampleAlert.record(1, at: second, severity: severity))
        }
        #expect(Self.hour(tally, at: 3000) == [1, 1, 1, 2])
        #expect(Self.hour(tally, at: 3659) == [1, 1, 1, 2])
        // The minute of the first two is over an hour ago.
        #expect(Self.hour(tally, at: 3660) == [0, 0, 1, 2])
        #expect(Self.hour(tally, at: 3720) == [0, 0, 0, 2])
        // A minute an hour later takes the place of the one before.
        tally.add(SampleAlert.record(1, at: 6600, severity: 10))
        #expect(Self.hour(tally, at: 6600) == [1, 0, 0, 0])
        #expect(Self.hour(tally, at: 100_000) == [0, 0, 0, 0])
        #expect(tally.total == 6)
    }

    @Test func recallWhatWasFoundBeforeTheAgentBegan() {
        var tally = AlertTally()
        tally.recall(SampleAlert.record(1, at: 60, severity: 90))
        #expect(Self.hour(tally, at: 60) == [0, 0, 0, 1])
        // A counter begins anew with its process.
        #expect(tally.total == 0 && tally.byRule["scan.vertical"] == 0)
    }

    @Test func standClocksThatAreSet() {
        var tally = AlertTally()
        tally.add(SampleAlert.record(1, at: 90_000))
        #expect(Self.hour(tally, at: 80_000) == [0, 0, 0, 0])
        tally.add(SampleAlert.record(1, at: 3600))
        tally.add(SampleAlert.record(1, at: -61))
        #expect(Self.hour(tally, at: 3600) == [0, 0, 1, 0])
        #expect(Self.hour(tally, at: -60) == [0, 0, 1, 0])
        for extreme in [Int64.min / 1_000_000_000, Int64.max / 1_000_000_000 - 1] {
            tally.add(SampleAlert.record(1, at: extreme))
            #expect(Self.hour(tally, at: extreme) == [0, 0, 1, 0])
        }
    }
}
