import Addressing
import Testing

@testable import Detection

@Suite("Rogue routers and servers")
struct RogueServerTests {
    private let pod = Stream.pod("bot", "fd00::9")
    private let mac = MACAddress(bits: 0x0242_0a00_0009)

    @Test func aContainerThatOffersItselfIsFound() {
        var stream = Stream()
        stream.hear(.router(mac), by: pod, at: 1)
        stream.hear(.router(mac), by: pod, at: 61)
        stream.hear(.lease(Stream.host("10.0.0.9")), by: Stream.pod("dnsmasq", "10.0.0.9"), at: 62)
        #expect(stream.rules == ["rogue.router", "rogue.dhcp"])
        #expect(stream.alerts.map(\.severity) == [75, 75])
        #expect(stream.alerts.first?.message == "bot offers itself as a router, and is a container")
    }

    @Test func whereNobodyIsKnownTheSecondIsToldQuietly() {
        var stream = Stream()
        let (first, second) = (Party(Stream.host("fe80::1")), Party(Stream.host("fe80::2")))
        for second in 0..<10 { stream.hear(.router(mac), by: first, at: Double(second) * 60) }
        #expect(stream.alerts.isEmpty)
        stream.hear(.router(mac), by: second, at: 700)
        #expect(stream.rules == ["rogue.router"])
        #expect(stream.alerts.map(\.severity) == [RogueServerDetector.vagueSeverity])
        // Of another segment, and of one whose first is gone.
        stream.hear(.router(mac), by: Party(Stream.host("fe80::3"), scope: 7), at: 710)
        stream.hear(.lease(Stream.host("10.0.0.1")), by: Party(Stream.host("10.0.0.1")), at: 720)
        stream.hear(.lease(Stream.host("10.0.0.2")), by: Party(Stream.host("10.0.0.2")), at: 9000)
        #expect(stream.alerts.count == 1)
    }
}
