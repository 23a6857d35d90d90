import Addressing
import Containers
import Flows
import Testing

@testable import Detection

@Suite("Answers in masses")
struct NamesAmplificationTests {
    private let victim = Stream.pod("web", "10.0.0.2")

    private func server(_ number: Int) -> Party {
        var server = Stream.stranger(number)
        server.kind = .outside
        return server
    }

    @Test(arguments: [(123, 468), (1900, 310), (389, 1400), (11_211, 1400), (53, 1200)] as [(UInt16, UInt64)])
    func thatNobodyAskedFor(port: UInt16, size: UInt64) {
        var stream = Stream()
        for number in 0..<1000 {
            let now = Double(number) * 0.01
            stream.converse(
                victim,
                server(number),
                port,
                at: now,
                lasting: 0,
                opening: .answer,
                packets: (0, 1),
                bytes: (0, size)
            )
        }
        #expect(stream.rules == ["amplification.answers"])
        let alert = stream.alerts.first
        #expect(alert?.count == 300 && alert?.severity == 75 && alert?.isOfMany == true)
        #expect(alert?.destination?.name == "web")
        #expect(alert?.message == "web is sent 300 answers from port \(port) that it did not ask for")
    }

    @Test func aCaptureWhoseClockStandsStill() {
        var stream = Stream()
        for number in 0..<400 {
            stream.converse(
                victim,
                server(number),
                123,
                at: 1,
                lasting: 0,
                opening: .answer,
                packets: (0, 1),
                bytes: (0, 468)
            )
        }
        #expect(stream.rules == ["amplification.answers"])
    }

    /// One server, one flow: known when it is over.
    @Test func ofOneServerItIsNamed() {
        var stream = Stream()
        stream.converse(
            victim,
            server(1),
            11_211,
            at: 1,
            lasting: 10,
            opening: .answer,
            packets: (0, 2000),
            bytes: (0, 2_800_000)
        )
        #expect(stream.rules == ["amplification.answers"])
        #expect(stream.alerts.first?.isOfMany == false && stream.alerts.first?.source.address == server(1).address)
    }

    @Test func aServerOfOursThatAnswersFarMoreThanItIsAsked() {
        var stream = Stream()
        let cache = Stream.pod("cache", "10.0.0.5")
        for number in 0..<100 {
            stream.converse(
                server(7),
                cache,
                11_211,
                at: Double(number) * 0.1,
                lasting: 0,
                packets: (1, 40),
                bytes: (60, 56_000)
            )
        }
        #expect(stream.rules == ["amplification.answers"])
        #expect(stream.alerts.first?.source.name == "cache" && stream.alerts.first?.severity == 75)
        #expect(
            stream.alerts.first?.message.hasSuffix(" answers by cache port 11211, 10 times as large as what asked")
                == true
        )
    }

    @Test func conversationsThatWereUnderWayWhenTheCaptureBegan() {
        var stream = Stream()
        for number in 0..<2000 {
            let now = Double(number) * 0.001
            stream.converse(victim, server(number), 53, at: now, opening: .answer, packets: (0, 1), bytes: (0, 160))
            stream.converse(victim, server(number), 123, at: now, opening: .answer, packets: (0, 1), bytes: (0, 76))
        }
        for number in 0..<250 {
            stream.converse(victim, server(number), 53, at: 30, opening: .answer, packets: (3, 4), bytes: (200, 5000))
        }
        #expect(stream.alerts.isEmpty)
    }

    /// Large answers, one now and then, as of a resolver of which one direction is seen.
    @Test func answersAtTheirOwnPace() {
        var stream = Stream()
        for number in 0..<2000 {
            stream.converse(
                victim,
                server(1),
                53,
                at: Double(number),
                opening: .answer,
                packets: (0, 1),
                bytes: (0, 1200)
            )
        }
        stream.converse(
            victim,
            server(2),
            53,
            at: 3000,
            lasting: 3600,
            opening: .answer,
            packets: (0, 3000),
            bytes: (0, 3_600_000)
        )
        #expect(stream.alerts.isEmpty)
    }

    @Test func largeAnswersInsideAndToWhoAskedInFull() {
        var stream = Stream()
        let agent = Stream.pod("agent", "10.0.0.6")
        for number in 0..<500 {
            let now = Double(number) * 0.02
            // SNMP walks of ours, and names that are looked up at ours from outside.
            stream.converse(victim, agent, 161, at: now, packets: (50, 50), bytes: (4500, 70_000))
            stream.converse(server(1), agent, 53, at: now, packets: (10, 10), bytes: (700, 6900))
        }
        #expect(stream.alerts.isEmpty)
    }
}
