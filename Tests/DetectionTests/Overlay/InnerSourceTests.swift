import Addressing
import Containers
import Policy
import Testing

@testable import Detection

@Suite("Inner senders that live elsewhere")
struct InnerSourceTests {
    private let inner = Party(Stream.host("10.244.2.9"), scope: 7)
    private let home = "192.168.0.2"
    private let attacker = "192.168.0.66"

    @Test func whoSpeaksForSomebodyThatIsStillThereIsFound() {
        var stream = Stream()
        for number in 0..<20 { stream.pass(inner, from: home, at: Double(number)) }
        stream.pass(inner, from: attacker, at: 20)
        stream.pass(inner, from: attacker, at: 21)
        #expect(stream.found(.strangeInnerSource).isEmpty)
        stream.pass(inner, from: home, at: 23)
        let alerts = stream.found(.strangeInnerSource)
        #expect(alerts.map(\.source.address) == [Stream.host(attacker)])
        #expect(alerts.first?.destination?.address == inner.address)
        #expect(alerts.first?.count == 2)
        #expect(alerts.first?.evidence.count == 2)
        #expect(
            alerts.first?.message
                == "192.168.0.66 sends into vxlan segment 7 as 10.244.2.9, which lives behind another tunnel end"
        )
    }

    @Test func aContainerThatMovesIsNone() {
        var stream = Stream()
        for number in 0..<20 { stream.pass(inner, from: home, at: Double(number)) }
        stream.pass(inner, from: attacker, at: 20)
        // The last of the old one.
        stream.pass(inner, from: home, at: 20.5)
        for number in 0..<200 { stream.pass(inner, from: attacker, at: 21 + Double(number)) }
        // And later moves back.
        for number in 0..<200 { stream.pass(inner, from: home, at: 900 + Double(number)) }
        #expect(stream.found(.strangeInnerSource).isEmpty)
    }

    @Test func whatIsEverywhereLivesNowhere() {
        var stream = Stream()
        for number in 0..<300 { stream.pass(inner, from: "192.168.0.\(number % 5 + 1)", at: Double(number)) }
        #expect(stream.found(.strangeInnerSource).isEmpty)
    }

    @Test func answersAndOtherSegmentsAreNotMixedUp() {
        var stream = Stream()
        let peer = Party(Stream.host("10.244.1.1"), scope: 7)
        let elsewhere = Party(inner.address, scope: 8)
        for number in 0..<20 { stream.pass(inner, from: home, at: Double(number)) }
        // Whoever answers is the sender of a flow whose beginning was not seen.
        stream.pass(inner, peer, from: attacker, opening: .answer, at: 30)
        stream.pass(elsewhere, from: attacker, segment: 8, at: 31)
        stream.pass(inner, from: home, at: 32)
        #expect(stream.found(.strangeInnerSource).isEmpty)
    }

    @Test func whoSpeaksForManyIsToldOfAsOne() {
        var stream = Stream()
        let victims = (1...40).map { Party(Stream.host("10.244.3.\($0)"), scope: 7) }
        for number in 0..<20 { for victim in victims { stream.pass(victim, from: home, at: Double(number)) } }
        for victim in victims { stream.pass(victim, from: attacker, at: 21) }
        for victim in victims { stream.pass(victim, from: home, at: 23) }
        let alerts = stream.found(.strangeInnerSource)
        #expect(alerts.count == PeerTally.each + 1)
        #expect(alerts.last?.message == "192.168.0.66 sends into overlays as 9 others, which live elsewhere")
    }

    @Test func theJournalSaysWhereItLives() {
        var stream = Stream()
        stream.joinOverlay(ends: [home, attacker])
        var known = inner
        (known.kind, known.endpoint) = (.remote, Stream.host(home))
        for number in 0..<20 { stream.pass(known, from: attacker, at: Double(number) * 2) }
        #expect(stream.found(.strangeInnerSource).map(\.source.address) == [Stream.host(attacker)])
        // The eighth, which is more than ten seconds after the first.
        #expect(stream.found(.strangeInnerSource).first?.time == Stream.time(14))
    }

    @Test func aContainerOfThisHostIsHeardFromHereAlone() {
        var stream = Stream()
        stream.joinOverlay(ends: [home])
        var pod = Stream.pod("web", "10.244.1.5")
        pod.scope = 7
        for number in 0..<20 { stream.pass(pod, from: "192.168.0.1", to: home, at: Double(number)) }
        #expect(stream.found(.strangeInnerSource).isEmpty)
        for number in 0..<20 { stream.pass(pod, from: home, at: 100 + Double(number) * 2) }
        #expect(!stream.found(.strangeInnerSource).isEmpty)
    }

    @Test func anEntryThatComesLateIsForgiven() {
        var stream = Stream()
        stream.joinOverlay(ends: [home, "192.168.0.3"])
        var known = inner
        (known.kind, known.endpoint) = (.remote, Stream.host(home))
        for number in 0..<50 { stream.pass(known, from: "192.168.0.3", at: Double(number) * 0.1) }
        known.endpoint = Stream.host("192.168.0.3")
        for number in 0..<50 { stream.pass(known, from: "192.168.0.3", at: 10 + Double(number)) }
        #expect(stream.found(.strangeInnerSource).isEmpty)
    }
}
