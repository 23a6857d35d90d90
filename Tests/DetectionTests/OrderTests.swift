import Addressing
import Flows
import Testing

@testable import Detection

@Suite("What findings depend on")
struct OrderTests {
    private func run(advancing step: Double?) -> [String] {
        var stream = Stream()
        var state: UInt64 = 5
        func roll(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
        for number in 0..<4000 {
            let now = Double(number) * 0.05
            let source = Stream.pod("c\(roll(5))", "10.0.0.\(roll(5) + 100)")
            let outcome: Stream.Outcome = [.answer, .refusal, .silence][Int(roll(3))]
            stream.attempt(source, "10.0.0.\(roll(20) + 1)", UInt16(roll(30) + 1), at: now, outcome)
            if let step, number % 3 == 0 { stream.pass(to: now + 0.01 * step) }
        }
        stream.pass(to: 10_000)
        return stream.alerts.map {
            "\($0.time.nanoseconds) \($0.rule.rawValue) \($0.count) \($0.message) \($0.evidence)"
        }
    }

    @Test func notOnWhoCallsWhen() {
        let alone = run(advancing: nil)
        #expect(!alone.isEmpty)
        #expect(run(advancing: 1) == alone)
        #expect(run(advancing: 3) == alone)
    }

    @Test func manySubjectsAreBounded() {
        var table = SubjectTable<UInt32, Int>(limit: 100)
        for key in 0..<100_000 as Range<UInt32> { table.update(key, or: 0) { $0 += 1 } }
        #expect(table.count == 100 && table.forgotten == 99_900)
        #expect(table[99_999] == 1 && table[0] == nil)
        table.set(99_900, 7)
        for key in 200_000..<200_099 as Range<UInt32> { table.set(key, 1) }
        // What was touched last stays.
        #expect(table[99_900] == 7 && table[99_901] == nil)
    }
}
