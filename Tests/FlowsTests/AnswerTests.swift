import Addressing
import Support
import Testing

@testable import Flows

@Suite("First answers")
struct AnswerTests {
    private static func watch(answers: Bool = true) -> FlowWatch {
        var configuration = FlowConfiguration()
        configuration.reportsStarts = true
        configuration.reportsAnswers = answers
        return FlowWatch(configuration)
    }

    private func segment(_ flags: String, isAnswer: Bool = false) -> [UInt8] {
        isAnswer
            ? PacketBuilder.segment(from: .host(2), 80, to: .host(1), 40_000, flags)
            : PacketBuilder.segment(from: .host(1), 40_000, to: .host(2), 80, flags)
    }

    @Test func isToldOnceAndAfterTheStart() {
        let watch = Self.watch()
        watch.datagram(at: 1)
        watch.datagram(at: 2)
        #expect(watch.answered.isEmpty)
        watch.answer(at: 3)
        watch.answer(at: 4)
        watch.datagram(at: 5)
        #expect(watch.answered.map(\.serial) == watch.started.map(\.serial))
        #expect(watch.answered.first?.time.seconds == 3)
        #expect(watch.answered.first?.isRefusal == false)
    }

    @Test(arguments: [("SA", false), ("R", true), ("RA", true)])
    func saysWhetherItWasARefusal(flags: String, isRefusal: Bool) {
        let watch = Self.watch()
        watch.see(segment("S"), at: 1)
        watch.see(segment(flags, isAnswer: true), at: 1, 1000)
        #expect(watch.answered.map(\.isRefusal) == [isRefusal])
    }

    @Test func isNotToldOfWhoSpokeFirstOrUnasked() {
        let first = Self.watch()
        // A SYN-ACK is the responder's: there is nothing to wait for.
        first.see(segment("SA", isAnswer: true), at: 1)
        first.see(segment("A"), at: 2)
        first.see(segment("PA", isAnswer: true), at: 3)
        #expect(first.started.count == 1 && first.answered.isEmpty)
        let unasked = Self.watch(answers: false)
        unasked.datagram(at: 1)
        unasked.answer(at: 2)
        #expect(unasked.started.count == 1 && unasked.answered.isEmpty)
    }

    @Test func isToldAgainOfAPortThatIsUsedAgain() {
        let watch = Self.watch()
        for second in [1, 10] as [Int64] {
            watch.see(segment("S"), at: second)
            watch.see(segment("R", isAnswer: true), at: second + 1)
        }
        #expect(watch.started.count == 2)
        #expect(watch.answered.map(\.serial) == watch.started.map(\.serial))
    }

    @Test func isTheSameWhicheverEndOfTheKeyBegan() {
        let watch = Self.watch()
        watch.see(PacketBuilder.datagram(from: .host(2), 50_000, to: .host(1), 9), at: 1)
        watch.see(PacketBuilder.datagram(from: .host(1), 9, to: .host(2), 50_000), at: 2)
        #expect(watch.answered.count == 1)
    }

    @Test func whatIsSeenTwiceIsToldOnce() {
        let watch = Self.watch()
        for interface in [0, 1] as [UInt32] { watch.datagram(at: 1, Int64(interface), interface: interface) }
        for interface in [1, 0] as [UInt32] { watch.answer(at: 2, Int64(interface), interface: interface) }
        #expect(watch.started.count == 1 && watch.answered.count == 1)
    }
}
