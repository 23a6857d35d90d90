import Addressing
import Containers
import Testing

@testable import Detection
@testable import Flows

@Suite("Tries, and what becomes of them")
struct ContactTests {
    private let scanner = Stream.pod("scanner", "10.0.0.9")

    /// Anybody can send errors that quote a flood's packets.
    @Test func anErrorHidesNoFlood() {
        var (contacts, alerts) = (ContactDetectors(), [Alert]())
        let (source, target) = (Party(Stream.host("10.0.0.9")), Party(Stream.host("10.0.0.1")))
        for number in 1...400 as ClosedRange<UInt16> {
            var fact = FlowFact(
                .began,
                at: Stream.time(Double(number) * 0.001),
                serial: UInt32(number),
                identifier: FlowIdentifier(bits: UInt64(number)),
                from: source,
                to: target,
                port: 80
            )
            fact.sourcePort = 1000 + number
            let isAwaited = contacts.began(fact, to: &alerts)
            #expect(isAwaited)
            contacts.settle(fact.settled(at: fact.time), as: .unreachable, to: &alerts)
        }
        #expect(alerts.contains { $0.rule == .synFlood })
    }

    /// An idle scan: refusals go to him whose address it has, by another interface than the one by which it came.
    @Test(arguments: [true, false])
    func whatIsAnsweredToAnotherIsNoSuccess(isForged: Bool) {
        var (contacts, alerts) = (ContactDetectors(), [Alert]())
        var source = scanner
        source.address = Stream.host("10.0.0.5")
        source.isForged = isForged
        for number in 1...8 as ClosedRange<UInt16> {
            var fact = FlowFact(
                .began,
                at: Stream.time(Double(number)),
                serial: UInt32(number),
                identifier: FlowIdentifier(bits: UInt64(number)),
                from: source,
                to: Party(Stream.host("10.0.0.1")),
                port: number
            )
            fact.state = .s0
            let isAwaited = contacts.began(fact, to: &alerts)
            #expect(isAwaited)
            contacts.settle(fact.settled(at: Stream.time(Double(number) + 1), answers: 1), as: .silent, to: &alerts)
        }
        #expect(alerts.contains { $0.rule == .verticalScan && $0.source.container != nil } == isForged)
    }

    /// However slow it is, what is told of it is more than its last try.
    @Test func whoIsSlowForLongIsToldOfWhole() {
        var stream = Stream()
        for number in 0..<140 {
            let port = UInt16(20 + number % 31)
            stream.attempt(scanner, "10.0.1.\(number % 37)", port, at: Double(number) * 600, .refusal)
        }
        #expect(stream.alerts.count > 10)
        #expect(stream.alerts.allSatisfy { $0.count >= 5 && !$0.message.contains("tried 1 port") })
        #expect(stream.alerts.last?.message.contains("31 ports") == true)
    }

    /// A proxy with hundreds of connections under way to what is known to answer.
    @Test func whoIsBusyIsNoScanner() {
        var stream = Stream()
        let proxy = Stream.pod("proxy", "10.0.0.8")
        stream.attempt(proxy, "10.0.1.1", 443, at: 0, .answer)
        for number in 0..<700 {
            stream.attempt(proxy, "10.0.1.1", 443, at: 1 + Double(number) * 0.0005, .silence)
            guard number >= 600, number % 10 == 0 else { continue }
            stream.attempt(proxy, "10.0.2.\(number / 10)", 8080, at: 1 + Double(number) * 0.0005, .answer)
        }
        #expect(stream.alerts.isEmpty)
    }

    /// Who is slow after he was known for a scan of thousands is told of again.
    @Test func whoIsNotoriousAndSlowIsStillFound() {
        var suspect = Suspect(scanner)
        func fail(_ number: Int, at seconds: Double) -> ScanPattern? {
            let port = UInt16(number % 50_000 + 1)
            let target = Party(.v4(IPv4Address(bits: UInt32(0x0a00_0100 + number % 7))))
            let fact = FlowFact(
                .began,
                at: Stream.time(seconds),
                serial: UInt32(number + 1),
                identifier: FlowIdentifier(bits: UInt64(number)),
                from: scanner,
                to: target,
                port: port
            )
            suspect.failed(FailedContact(fact, Contact(fact), isRefusal: false), at: fact.time)
            return suspect.finding(at: fact.time)
        }
        for number in 0..<1100 { _ = fail(number, at: Double(number) * 0.01) }
        #expect(suspect.isNotorious(at: Stream.time(20)))
        // One is followed every hundred seconds.
        for number in 0..<40 {
            let pattern = fail(2000 + number, at: 100 + Double(number) * 100)
            #expect(pattern?.kind == .block)
        }
    }

    @Test func runsOfAContainerHaveHashesOfTheirOwn() {
        func hash(_ generation: UInt32) -> UInt64 {
            var fold = Fold(1)
            ContainerKey(identifier: String(repeating: "a1", count: 32), generation: generation).fold(into: &fold)
            return fold.value
        }
        #expect(Set((1...1000 as ClosedRange<UInt32>).map(hash)).count == 1000)
    }
}
