import Addressing
import Testing

@testable import Detection

@Suite("Sweeps of a segment")
struct NeighbourSweepTests {
    private let pod = Stream.pod("scanner", "10.0.0.9")
    private let mac = MACAddress(bits: 0x0242_0a00_0009)

    @Test func aContainerThatAsksForWhatIsNotThereIsFound() {
        var stream = Stream()
        for host in 1...20 {
            stream.hear(.question(Stream.host("10.0.0.\(host + 100)")), by: pod, at: Double(host) * 0.01)
        }
        stream.pass(to: 10)
        #expect(stream.rules == ["sweep.arp"])
        #expect(stream.alerts.first?.count == NeighbourSweepDetector.containerFloor)
        let message = "scanner looked for 8 addresses that nobody has, with ARP, within a second"
        #expect(stream.alerts.first?.message == message)
    }

    @Test func anybodyElseMayAskForMore() {
        let router = Party(Stream.host("10.0.0.1"))
        for (count, rules) in [(31, []), (32, ["sweep.nd"])] {
            var stream = Stream()
            for host in 1...count {
                stream.hear(.question(Stream.host("fd00::\(host)")), by: router, at: Double(host))
            }
            stream.pass(to: 100)
            #expect(stream.rules == rules)
        }
    }

    @Test func whoGetsAnswersDoesNotSweep() {
        var stream = Stream()
        for host in 1...100 {
            let address = Stream.host("10.0.0.\(host)")
            stream.hear(.question(address), by: pod, at: Double(host))
            stream.hear(.claim(address, mac), by: Party(address), at: Double(host) + 0.5)
        }
        // They are known from then on, answered or not.
        let late = Stream.pod("late", "10.0.0.8")
        for host in 1...100 {
            stream.hear(.question(Stream.host("10.0.0.\(host)")), by: late, at: 100 + Double(host))
        }
        stream.pass(to: 1000)
        #expect(stream.rules.filter { $0 == "sweep.arp" }.isEmpty)
    }

    @Test func askingAgainAndAgainForOneIsNoSweep() {
        var stream = Stream()
        for second in 1...500 { stream.hear(.question(Stream.host("10.0.0.99")), by: pod, at: Double(second)) }
        stream.pass(to: 1000)
        #expect(stream.alerts.isEmpty)
    }
}
