import Addressing
import GRDB
import Support
import Testing

@testable import Store

/// Whatever an agent does in whatever order, and however it ends, is no finding.
@Suite("Histories without a finding")
struct LawfulHistoryTests {
    @Test(arguments: UInt64(1)...6) func areComplete(seed: UInt64) throws {
        let folder = try StoreFolder()
        var random = SeededNumbers(seed: seed)
        var (store, writer) = try folder.open(at: 0)
        var now: Int64 = 60
        var steps: [String] = []
        for _ in 0..<40 {
            now += Int64.random(in: 1...120, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                // Killed: nothing is said, and the next begins.
                steps.append("killed at \(now)")
                (store, writer) = try folder.open(at: now)
            case 1:
                steps.append("ended at \(now)")
                try writer.end(at: .seconds(now))
                (store, writer) = try folder.open(at: now)
            case 2:
                steps.append("late at \(now)")
                try CustodySample.write(max(60, now - Int64.random(in: 60...600, using: &random)), writer)
            case 3, 4:
                var rules = RetentionRules()
                let paths = [
                    \RetentionRules.flows.age, \.journal.age, \.gaps.age, \.alerts.age, \.audit.age, \.minutes.age,
                ]
                for path in paths { rules[keyPath: path] = Int64.random(in: 60...1200, using: &random) }
                if Bool.random(using: &random) { rules.alerts.size = 1000 }
                steps.append("forgot at \(now)")
                for _ in 0..<50 where try writer.forget(rules, at: .seconds(now)).isMore {}
            default:
                steps.append("wrote at \(now)")
                try CustodySample.write(now, writer)
            }
            let answer = try store.custody()
            try #require(answer.isComplete, "\(answer.findings) after \(steps)")
        }
        let rows = try store.custody().strands.reduce(0) { $0 + $1.rows }
        #expect(rows > 0)
    }
}
