import Addressing
import Containers
import Testing

@testable import Detection

@Suite("Spoofing")
struct SpoofingTests {
    private let web = Stream.pod("web", "10.0.0.2")
    private let bot = Stream.pod("bot", "10.0.0.9")
    private let own = MACAddress(bits: 0x0242_0a00_0002)
    private let other = MACAddress(bits: 0x0242_0a00_0009)
    private let third = MACAddress(bits: 0x0242_0a00_0003)

    @Test(arguments: [("10.0.0.2", "spoofing.arp"), ("fd00::2", "spoofing.nd")])
    func anAddressThatTwoClaimIsFound(address: String, rule: String) {
        var stream = Stream()
        stream.hear(.claim(Stream.host(address), own), by: web, at: 0)
        stream.hear(.claim(Stream.host(address), other), by: bot, at: 10)
        #expect(stream.alerts.isEmpty)
        stream.hear(.claim(Stream.host(address), own), by: web, at: 20)
        #expect(stream.rules == [rule])
        #expect(stream.alerts.first?.source.container?.key.identifier == "bot")
        #expect(stream.alerts.first?.message == "bot claims the address \(address), which somebody else has")
        #expect(stream.alerts.first?.severity == 75)
    }

    @Test func aContainerThatIsReplacedTakesNothingOver() {
        var stream = Stream()
        for number in 0..<20 {
            let mac = MACAddress(bits: UInt64(0x0242_0000_0000 + number))
            stream.hear(.claim(Stream.host("10.0.0.2"), mac), by: web, at: Double(number) * 30)
            stream.hear(.claim(Stream.host("10.0.0.2"), mac), by: web, at: Double(number) * 30 + 5)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func whoTakesTheAddressesOfTwoIsFoundBeforeTheySpeak() {
        var stream = Stream()
        let gateway = Party(Stream.host("10.0.0.1"))
        stream.hear(.claim(Stream.host("10.0.0.1"), third), by: gateway, at: 0)
        stream.hear(.claim(Stream.host("10.0.0.2"), own), by: web, at: 0)
        stream.hear(.claim(Stream.host("10.0.0.1"), other), by: bot, at: 10)
        #expect(stream.alerts.isEmpty)
        stream.hear(.claim(Stream.host("10.0.0.2"), other), by: bot, at: 11)
        #expect(stream.rules == ["spoofing.arp"])
        #expect(stream.alerts.first?.destination?.address == Stream.host("10.0.0.2"))
    }

    @Test func aNewContainerMayGetBothItsAddressesFromOthers() {
        var stream = Stream()
        stream.hear(.claim(Stream.host("10.0.0.5"), third), by: web, at: 0)
        stream.hear(.claim(Stream.host("fd00::5"), own), by: web, at: 0)
        stream.hear(.claim(Stream.host("10.0.0.5"), other), by: bot, at: 10)
        stream.hear(.claim(Stream.host("fd00::5"), other), by: bot, at: 11)
        #expect(stream.alerts.isEmpty)
    }

    @Test func aForgedClaimIsFoundAtOnceAndAStrangersCountsLess() {
        var stream = Stream()
        var forger = bot
        forger.isForged = true
        stream.hear(.claim(Stream.host("10.0.0.1"), other), by: forger, at: 0)
        #expect(stream.alerts.map(\.severity) == [75])
        let stranger = Party(Stream.host("10.0.0.7"))
        for (mac, second) in [(own, 1.0), (other, 2), (own, 3)] {
            stream.hear(.claim(Stream.host("10.0.0.7"), mac), by: stranger, at: second)
        }
        #expect(stream.alerts.map(\.severity) == [75, TakeoverDetector.vagueSeverity])
    }

    @Test func packetsWithForeignAddressesAreFound() {
        var stream = Stream()
        for number in 0..<10 {
            var forger = bot
            forger.address = Stream.stranger(number).address
            forger.isForged = true
            stream.begin(forger, web, 80, at: Double(number) * 0.1)
        }
        #expect(stream.rules == ["spoofing.source"])
        #expect(stream.alerts.first?.count == ForgedSourceDetector.floor)
        #expect(stream.alerts.first?.evidence.count == ForgedSourceDetector.floor)
        #expect(stream.alerts.first?.source.container?.key.identifier == "bot")
    }

    @Test func oneBeforeAnAddressIsKnownIsNone() {
        var stream = Stream()
        var early = bot
        early.isForged = true
        for number in 0..<5 { stream.begin(early, web, 80, at: Double(number) * 600) }
        #expect(stream.rules.filter { $0 == "spoofing.source" }.isEmpty)
    }
}
