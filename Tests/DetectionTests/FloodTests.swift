import Addressing
import Containers
import Flows
import Testing

@testable import Detection

@Suite("Floods")
struct FloodTests {
    private let web = Stream.pod("web", "10.0.0.2")
    private let bot = Stream.pod("bot", "10.0.0.9")

    @Test func halfOpenConnectionsOfManyAreFound() {
        var stream = Stream()
        for number in 0..<1000 { stream.begin(Stream.stranger(number), web, 80, at: Double(number) * 0.001) }
        stream.pass(to: 5)
        #expect(stream.rules == ["flood.syn"])
        let alert = stream.alerts.first
        #expect(alert?.isOfMany == true)
        #expect(alert?.destination?.container?.key.identifier == "web")
        #expect(alert?.count == 150)
        #expect(alert?.evidence.count == Alert.evidenceLimit)
        #expect(alert?.message == "Many flood web port 80: 150 connections left half open within a second")
    }

    @Test func whoSendsMostOfItIsNamed() {
        var stream = Stream()
        for number in 0..<1000 {
            let sender = number % 3 == 0 ? Stream.stranger(number) : bot
            stream.begin(sender, web, 80, at: Double(number) * 0.001)
        }
        stream.pass(to: 5)
        #expect(stream.alerts.map(\.isOfMany) == [false])
        #expect(stream.alerts.first?.source.container?.key.identifier == "bot")
    }

    /// A server that answers, to addresses that never asked: what hping3 does.
    @Test func answersThatNobodyTakesUpAreHalfOpen() {
        var stream = Stream()
        for number in 0..<200 {
            let fact = stream.begin(bot, web, 80, at: Double(number) * 0.001)
            stream.answer(fact, at: Double(number) * 0.001)
            stream.end(fact, at: Double(number) * 0.001, .rsto, packets: (2, 1))
        }
        #expect(stream.rules == ["flood.syn"])
    }

    @Test func aClockThatStandsStillHidesNothing() {
        var stream = Stream()
        let facts = (0..<400).map { stream.begin(Stream.stranger($0), web, 443, at: 7) }
        #expect(stream.alerts.isEmpty)
        for fact in facts { stream.end(fact, at: 7, .s0, packets: (1, 0)) }
        #expect(stream.rules == ["flood.syn"])
    }

    @Test(arguments: [Opening.fin, .null])
    func flagsWithoutAConnectionAreFound(opening: Opening) {
        var stream = Stream()
        for number in 0..<400 {
            stream.begin(Stream.stranger(number), web, 80, at: Double(number) * 0.001, opening: opening)
        }
        #expect(stream.rules == ["flood.tcp"])
    }

    @Test func loneAcknowledgementsAreFoundWhenTheirFlowsEnd() {
        var stream = Stream()
        for number in 0..<400 {
            let fact = stream.begin(Stream.stranger(number), web, 80, at: Double(number) * 0.001, opening: .ack)
            stream.end(fact, at: Double(number) * 0.001, .oth, packets: (1, 0))
        }
        #expect(stream.rules == ["flood.tcp"])
    }

    @Test func reflectedAnswersHitWhoseAddressItWas() {
        var stream = Stream()
        for number in 0..<400 {
            stream.begin(web, Stream.stranger(number), 443, at: Double(number) * 0.01, opening: .synAck)
        }
        #expect(stream.rules == ["flood.reflection"])
        #expect(stream.alerts.first?.destination?.container?.key.identifier == "web")
        #expect(stream.alerts.first?.isOfMany == true)
    }

    @Test(arguments: [false, true])
    func datagramsOfOneSenderAreFoundThoughAnswered(isAnswered: Bool) {
        var stream = Stream()
        for number in 0..<2000 {
            let fact = stream.begin(bot, web, 9001, at: Double(number) * 0.001, opening: .datagram)
            if isAnswered { stream.answer(fact, at: Double(number) * 0.001) }
        }
        stream.pass(to: 10)
        #expect(stream.rules == ["flood.udp"])
        #expect(stream.alerts.first?.source.container?.key.identifier == "bot")
    }

    @Test func manyPacketsOfOneFlowAreFoundWhileItGoesOn() {
        var stream = Stream()
        let ping = stream.begin(bot, web, 0, at: 0, opening: .echo)
        stream.end(ping, .goesOn, at: 2, .oth, packets: (1500, 1500))
        let rain = stream.begin(bot, web, 5000, at: 2, opening: .datagram)
        stream.end(rain, at: 4, .oth, packets: (30_000, 0))
        let syn = stream.begin(bot, web, 80, at: 4)
        stream.end(syn, at: 5, .s0, packets: (2000, 0))
        #expect(stream.rules == ["flood.icmp", "flood.udp", "flood.syn"])
        #expect(stream.alerts.map(\.count) == [1500, 30_000, 2000])
    }

    @Test func pingsOfManyAreFound() {
        var stream = Stream()
        for number in 0..<400 {
            stream.begin(Stream.stranger(number), web, 0, at: Double(number) * 0.001, opening: .echo)
        }
        #expect(stream.rules == ["flood.icmp"])
    }

    @Test func aConnectionFromAnAddressToItselfIsFound() {
        var stream = Stream()
        stream.begin(web, web, 139, at: 1, sourcePort: 139)
        #expect(stream.rules == ["flood.land"])
        let loopback = Party(Stream.host("127.0.0.1"))
        stream.begin(loopback, loopback, 139, at: 2, sourcePort: 139)
        stream.begin(web, web, 139, at: 3, sourcePort: 40_000)
        #expect(stream.alerts.count == 1)
    }

    @Test func isToldAgainWhenThereIsTenTimesAsMuch() {
        var stream = Stream()
        for number in 0..<20_000 { stream.begin(Stream.stranger(number), web, 80, at: Double(number) * 0.0001) }
        stream.pass(to: 5)
        #expect(stream.alerts.map(\.count) == [150, 1500, 15_000])
    }
}
