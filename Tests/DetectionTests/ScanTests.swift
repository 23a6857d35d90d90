import Addressing
import Containers
import Testing

@testable import Detection

@Suite("Scans")
struct ScanTests {
    private let scanner = Stream.pod("scanner", "10.0.0.9")

    @Test(arguments: [Opening.syn, .fin, .null, .sctp])
    func portsOfOneHostAreFoundAtTheFifth(opening: Opening) {
        var stream = Stream()
        for port in 1...40 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * 0.01, .refusal, opening: opening)
        }
        #expect(stream.contactsAtFirst == 5)
        #expect(stream.rules.first == "scan.vertical")
        #expect(stream.alerts.first?.source.container?.key.identifier == "scanner")
        #expect(stream.alerts.first?.destination?.address == Stream.host("10.0.0.1"))
        #expect(stream.alerts.first?.message == "scanner tried 5 ports of 10.0.0.1: 5 refused (\(opening.word))")
        #expect(stream.alerts.first?.evidence.count == 5)
    }

    @Test func aPortOfManyHostsIsFound() {
        var stream = Stream()
        for host in 1...30 { stream.attempt(scanner, "10.0.0.\(host)", 6379, at: Double(host), .silence) }
        stream.pass(to: 60)
        #expect(stream.rules.first == "scan.horizontal")
        #expect(stream.alerts.first?.destination == nil)
        #expect(stream.alerts.first?.message == "scanner tried port 6379 of 5 hosts: 5 silent (SYN)")
    }

    @Test func portsOfManyHostsAreFound() {
        var stream = Stream()
        for number in 0..<30 {
            stream.attempt(scanner, "10.0.0.\(number % 5 + 1)", UInt16(1 + number), at: Double(number), .refusal)
        }
        #expect(stream.rules.contains("scan.block"))
    }

    @Test func hostAfterHostIsOneBlock() {
        var stream = Stream()
        for host in 1...50 {
            for port in 1...10 as ClosedRange<UInt16> {
                stream.attempt(scanner, "10.0.0.\(host)", port, at: Double(host) + Double(port) * 0.01, .refusal)
            }
        }
        #expect(stream.rules.count(where: { $0 == "scan.vertical" }) <= 3)
        #expect(stream.rules.contains("scan.block"))
        #expect(stream.alerts.count <= 6)
    }

    /// Nobody waits a second for an answer to each of thousands.
    @Test func whoBeginsHundredsAtOnceIsFoundBeforeASecond() throws {
        var stream = Stream()
        for port in 1...600 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * 0.00001, .silence)
            if port == 512 { #expect(stream.alerts.isEmpty) }
        }
        #expect(stream.contactsAtFirst == 512 + 5)
        let first = try #require(stream.alerts.first)
        #expect(first.rule == .verticalScan && first.time < Stream.time(0.01))
    }

    /// A burst at one place that is slow to answer, and datagrams, which many send at once.
    @Test func burstsAreNoScans() {
        var stream = Stream()
        for number in 0..<2000 { stream.attempt(scanner, "10.0.0.1", 80, at: Double(number) * 0.00001, .silence) }
        for number in 0..<2000 {
            let address = "10.1.\(number / 250).\(number % 250 + 1)"
            stream.attempt(scanner, address, 53, at: 0.1 + Double(number) * 0.00001, .silence, opening: .datagram)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func oneScanAfterAnotherIsTwo() {
        var stream = Stream()
        for port in 1...20 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port), .refusal)
        }
        for host in 2...20 { stream.attempt(scanner, "10.0.0.\(host)", 6379, at: 30 + Double(host), .silence) }
        stream.pass(to: 100)
        #expect(stream.rules == ["scan.vertical", "scan.horizontal"])
    }

    @Test func silenceCountsAfterASecond() {
        var stream = Stream()
        for port in 1...5 as ClosedRange<UInt16> { stream.attempt(scanner, "10.0.0.1", port, at: 1, .silence) }
        stream.pass(to: 1.9)
        #expect(stream.alerts.isEmpty)
        stream.pass(to: 2)
        #expect(stream.rules == ["scan.vertical"])
        #expect(stream.alerts.first?.time == Stream.time(2))
    }

    @Test func datagramsThatNobodyAnswersCountHalf() {
        var stream = Stream()
        for port in 1...20 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * 2, .silence, opening: .datagram)
        }
        #expect(stream.contactsAtFirst == 11)
        #expect(stream.rules == ["scan.vertical"])
    }

    @Test func pingsOfManyHostsAreASweep() {
        var stream = Stream()
        for host in 1...30 {
            stream.attempt(scanner, "10.0.0.\(host)", 0, at: Double(host) * 0.1, .silence, opening: .echo)
        }
        stream.pass(to: 60)
        #expect(stream.rules == ["sweep.ping"])
    }

    @Test(arguments: [1.0, 60, 600, 1500])
    func isFoundHoweverSlow(pause: Double) {
        var stream = Stream()
        for port in 1...40 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * pause, .refusal)
        }
        #expect(stream.contactsAtFirst ?? 99 <= 7)
    }

    /// Known successes in between: NIST's Mell and Harang showed that this evades a walk without a floor.
    @Test func knownSuccessesHideNothing() {
        var stream = Stream()
        for round in 1...60 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.2", 80, at: Double(round), .answer)
            stream.attempt(scanner, "10.0.0.1", round, at: Double(round) + 0.5, .refusal)
        }
        #expect(stream.contactsAtFirst ?? 99 <= 12)
    }

    @Test func newSuccessesHideItOnlyForAWhile() {
        var stream = Stream()
        for round in 1...60 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.2", round, at: Double(round), .answer)
            stream.attempt(scanner, "10.0.0.1", round, at: Double(round) + 0.5, .refusal)
        }
        #expect(stream.rules == ["scan.vertical"])
        #expect(stream.contactsAtFirst ?? 99 <= 30)
    }

    @Test func isToldAgainWhenThereIsTenTimesAsMuch() {
        var stream = Stream()
        for port in 1...5000 as ClosedRange<UInt16> {
            stream.attempt(scanner, "10.0.0.1", port, at: Double(port) * 0.01, .refusal)
        }
        #expect(stream.alerts.map(\.count) == [5, 50, 512])
    }
}
