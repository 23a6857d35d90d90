import Addressing
import Support
import Testing
import Wire

@testable import Flows

@Suite("What becomes of tries")
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
        watch.datagram(at: 1, 500_000_000)
        #expect(watch.settled.isEmpty)
        watch.answer(at: 1, 900_000_000)
        watch.answer(at: 4)
        watch.datagram(at: 5)
        #expect(watch.settled.map(\.serial) == watch.started.map(\.serial))
        #expect(watch.settled.first?.time == Timestamp(nanoseconds: 1_900_000_000))
        #expect(watch.settled.map(\.outcome) == [.answered])
    }

    @Test(arguments: [("SA", TryOutcome.answered), ("R", .refused), ("RA", .refused)])
    func saysWhetherItWasARefusal(flags: String, outcome: TryOutcome) {
        let watch = Self.watch()
        watch.see(segment("S"), at: 1)
        watch.see(segment(flags, isAnswer: true), at: 1, 1000)
        #expect(watch.settled.map(\.outcome) == [outcome])
    }

    @Test func silenceIsToldWhenItsTimeIsOverWhoeverSaysSo() {
        for steps in [[2_000_000_000], [1_999_999_999, 2_000_000_000, 2_000_000_001], [3_500_000_000]] as [[Int64]] {
            let watch = Self.watch()
            watch.see(segment("S"), at: 1)
            for step in steps {
                watch.advance(to: step / 1_000_000_000, step % 1_000_000_000)
                #expect(watch.settled.isEmpty == (step < 2_000_000_000))
            }
            #expect(watch.settled.map(\.outcome) == [.silent])
            #expect(watch.settled.first?.time == Timestamp(nanoseconds: 2_000_000_000))
            // Who answers late is not told of.
            watch.see(segment("SA", isAnswer: true), at: 4)
            watch.finish()
            #expect(watch.settled.count == 1 && watch.ended.first?.isAwaited == false)
        }
    }

    @Test func silencesAreToldBetweenTheEndsOfTheirTime() {
        // Flows end at whole seconds; silence falls between them, and in order, also when all that time passes at once.
        let watch = Self.watch()
        for index in 0..<20 as Range<UInt16> {
            watch.datagram(from: 40_000 + index, at: Int64(index) * 20, 500_000_000)
        }
        let before = watch.settled.map(\.time)
        watch.advance(to: 10_000)
        let times = watch.settled.map(\.time)
        #expect(watch.settled.count == 20 && before.count == 19 && times == times.sorted())
        #expect(watch.settled.map(\.serial) == Array(1...20))
    }

    @Test func whatEndsBeforeIsStillAwaited() {
        let watch = Self.watch()
        watch.see(segment("S"), at: 1)
        watch.finish()
        #expect(watch.settled.isEmpty && watch.ended.map(\.isAwaited) == [true])
    }

    @Test func whoDoesNotWaitIsNotTold() {
        let watch = Self.watch()
        watch.isWaiting = false
        watch.see(segment("S"), at: 1)
        watch.see(segment("SA", isAnswer: true), at: 2)
        watch.datagram(at: 3)
        watch.advance(to: 9)
        #expect(watch.started.count == 2 && watch.settled.isEmpty)
    }

    @Test func isNotToldOfWhoSpokeFirstOrUnasked() {
        let first = Self.watch()
        // A SYN-ACK is the responder's: there is nothing to wait for.
        first.see(segment("SA", isAnswer: true), at: 1)
        first.see(segment("A"), at: 2)
        first.see(segment("PA", isAnswer: true), at: 3)
        first.advance(to: 9)
        #expect(first.started.count == 1 && first.settled.isEmpty)
        let unasked = Self.watch(answers: false)
        unasked.datagram(at: 1)
        unasked.answer(at: 1, 1000)
        unasked.datagram(from: 50_000, at: 2)
        unasked.advance(to: 9)
        #expect(unasked.started.count == 2 && unasked.settled.isEmpty)
    }

    @Test func isToldAgainOfAPortThatIsUsedAgain() {
        let watch = Self.watch()
        for second in [1, 10] as [Int64] {
            watch.see(segment("S"), at: second)
            watch.see(segment("R", isAnswer: true), at: second, 5000)
        }
        #expect(watch.started.count == 2)
        #expect(watch.settled.map(\.serial) == watch.started.map(\.serial))
    }

    @Test func isTheSameWhicheverEndOfTheKeyBegan() {
        let watch = Self.watch()
        watch.see(PacketBuilder.datagram(from: .host(2), 50_000, to: .host(1), 9), at: 1)
        watch.see(PacketBuilder.datagram(from: .host(1), 9, to: .host(2), 50_000), at: 1, 3)
        #expect(watch.settled.map(\.outcome) == [.answered])
    }

    @Test func whatIsSeenTwiceIsToldOnce() {
        let watch = Self.watch()
        for interface in [0, 1] as [UInt32] { watch.datagram(at: 1, Int64(interface), interface: interface) }
        for interface in [1, 0] as [UInt32] { watch.answer(at: 1, 100 + Int64(interface), interface: interface) }
        #expect(watch.started.count == 1 && watch.settled.count == 1)
    }

    @Test(arguments: [false, true]) func anErrorThatQuotesItEndsTheWaiting(isReversed: Bool) {
        let watch = Self.watch()
        let (source, destination): (IPAddress, IPAddress) = isReversed ? (.host(2), .host(1)) : (.host(1), .host(2))
        let packet = PacketBuilder.datagram(from: source, 40_000, to: destination, 9)
        let answer = PacketBuilder.datagram(from: destination, 9, to: source, 40_000)
        watch.see(packet, at: 1)
        let other = watch.unreachable(answer)
        #expect(other == nil, "what the responder would send was no try")
        let flow = watch.unreachable(packet)
        #expect(flow?.serial == 1)
        let again = watch.unreachable(packet)
        watch.advance(to: 9)
        #expect(again == nil && watch.settled.isEmpty)
    }

    @Test func theLineIsARingThatGrowsToItsLimit() {
        var line = TryLine()
        var (next, taken) = (0, 0)
        for round in 1...40 {
            for _ in 0..<(round * 7) {
                line.add(next, isIPv6: next % 3 == 0, serial: UInt32(next), due: Int64(next))
                next += 1
            }
            while let place = line.take(at: Int64(next - round * 3)) {
                #expect(place.serial == UInt32(taken) && place.isIPv6 == (taken % 3 == 0))
                taken += 1
            }
        }
        #expect(taken == next - 119 && line.count == 119 && line.due == Int64(taken))
        for number in 0..<TryLine.limit { line.add(number, isIPv6: false, serial: 1, due: .max) }
        #expect(line.count == TryLine.limit)
    }
}
