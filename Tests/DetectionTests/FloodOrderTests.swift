import Addressing
import Containers
import Flows
import Testing

@testable import Detection

@Suite("What findings of floods depend on")
struct FloodOrderTests {
    private func run(advancing step: Double?) -> [String] {
        var stream = Stream()
        var state: UInt64 = 11
        func roll(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
        let victims = (1...3).map { Stream.pod("v\($0)", "10.0.1.\($0)") }
        for number in 0..<20_000 {
            let now = Double(number) * 0.0015
            let (sender, victim) = (Stream.stranger(Int(roll(400))), victims[Int(roll(3))])
            let opening: Opening = [.syn, .datagram, .echo, .fin][Int(roll(4))]
            let fact = stream.begin(sender, victim, UInt16(roll(2) + 80), at: now, opening: opening)
            if roll(4) == 0 { stream.answer(fact, at: now + 0.001) }
            if roll(2) == 0 { stream.hear(.question(Stream.stranger(number).address), by: sender, at: now + 0.001) }
            if let step, number % 3 == 0 { stream.pass(to: now + 0.001 + 0.0001 * step) }
        }
        stream.pass(to: 10_000)
        return stream.alerts.map {
            "\($0.time.nanoseconds) \($0.rule.rawValue) \($0.count) \($0.message) \($0.evidence)"
        }
    }

    @Test func notOnWhoCallsWhen() {
        let alone = run(advancing: nil)
        #expect(alone.count > 5)
        #expect(run(advancing: 1) == alone)
        #expect(run(advancing: 3) == alone)
    }

    @Test func manySendersAndTargetsHideNoFlood() {
        var stream = Stream()
        let web = Stream.pod("web", "10.0.0.2")
        for number in 0..<200_000 {
            let now = Double(number) * 0.00005
            stream.begin(Stream.stranger(number), Stream.stranger(-number), 80, at: now)
            if number % 200 == 0 { stream.begin(Stream.stranger(number), web, 80, at: now) }
        }
        stream.pass(to: 60)
        #expect(stream.alerts.contains { $0.destination?.container?.key.identifier == "web" })
    }
}
