import Addressing
import Containers
import Flows
import Policy
import Testing

@testable import Detection

@Suite("Beacons")
struct BeaconTests {
    private let bot = Stream.pod("bot", "10.0.0.9")
    private let master = Stream.outside("203.0.113.9")

    /// Calls that wait `period` seconds, give or take a share of it.
    private func beacon(jitter: Double, seed: Int, calls: Int = 30, period: Double = 60) -> Stream {
        var (stream, dice, now) = (Stream(), Dice(seed), 1000.0)
        for _ in 0..<calls {
            stream.talk(bot, master, bytes: 600 + UInt64(dice.roll() * 40), at: now)
            now += period * (1 + jitter * (2 * dice.roll() - 1))
        }
        return stream
    }

    @Test func clockworkIsFoundAsSoonAsThereAreEnoughCalls() {
        let stream = beacon(jitter: 0, seed: 1)
        let alerts = stream.found(.beacon)
        #expect(alerts.count == 1)
        #expect(alerts.first?.count == 24)
        #expect(alerts.first?.severity == 60)
        #expect(alerts.first?.source.container?.key.identifier == "bot")
        #expect(alerts.first?.evidence.count == Alert.evidenceLimit)
        #expect(alerts.first?.first == Stream.time(1000))
        #expect(
            alerts.first?.message
                == "bot calls 203.0.113.9 on TCP 443 by the clock: 24 times, every 60 s, give or take 0 %"
        )
    }

    /// A backup goes out each hour.
    @Test(arguments: [(900_000, 60), (1_100_000, 30)] as [(UInt64, Int)])
    func whoSendsMuchEachTimeIsLow(bytes: UInt64, severity: Int) {
        var stream = Stream()
        for hour in 0..<30 { stream.talk(bot, master, bytes: bytes, at: Double(hour) * 3600) }
        #expect(Set(stream.found(.beacon).map(\.severity)) == [severity])
    }

    @Test(arguments: [0.05, 0.1, 0.2])
    func jitterHidesNothing(jitter: Double) {
        let missed = (1...100).filter { beacon(jitter: jitter, seed: $0).found(.beacon).isEmpty }
        #expect(missed.isEmpty)
    }

    @Test func whoCallsByChanceIsNone() {
        var found = 0
        for seed in 1...60 {
            var (stream, dice, now) = (Stream(), Dice(seed), 1000.0)
            for _ in 0..<100 {
                stream.talk(bot, master, bytes: 700, at: now)
                // Each second has the same chance.
                repeat { now += 1 } while dice.roll() > 1.0 / 60
            }
            found += stream.found(.beacon).isEmpty ? 0 : 1
        }
        #expect(found <= 1)
    }

    @Test func whoIsBusyOrBacksOffIsNone() {
        var stream = Stream()
        for number in 0..<600 { stream.talk(bot, master, at: Double(number) * 2) }
        var wait = 10.0
        for _ in 0..<40 {
            stream.talk(bot, Stream.outside("203.0.113.10"), at: wait)
            wait *= 1.5
        }
        #expect(stream.found(.beacon).isEmpty)
    }

    @Test func severalConnectionsAtOnceAreOneCall() {
        var stream = Stream()
        for number in 0..<30 {
            for part in 0..<3 { stream.talk(bot, master, at: Double(number) * 60 + Double(part) * 0.1) }
        }
        #expect(stream.found(.beacon).map(\.count) == [24])
    }

    @Test func aNameIsFollowedFromAddressToAddressAndAnAddressFromNameToName() {
        var stream = Stream()
        for number in 0..<30 {
            let somewhere = Stream.outside("203.0.113.\(number + 1)")
            stream.talk(bot, somewhere, name: "c2.example", at: Double(number) * 60)
        }
        #expect(stream.found(.beacon).map(\.message).first?.contains("c2.example") == true)
        var other = Stream()
        for number in 0..<30 { other.talk(bot, master, name: "n\(number).example", at: Double(number) * 60) }
        #expect(other.found(.beacon).count == 1)
    }

    @Test func aScanPushesNoBeaconOut() {
        var stream = Stream()
        let scanner = Stream.pod("scanner", "10.0.0.8")
        for number in 0..<30 {
            stream.talk(bot, master, at: Double(number) * 60)
            guard number == 15 else { continue }
            for target in 0..<30_000 {
                let address = IPAddress.v4(IPv4Address(bits: 0x0a40_0000 + UInt32(target)))
                stream.call(scanner, Party(address), 80, at: Double(number) * 60 + Double(target) * 0.001)
            }
        }
        #expect(stream.found(.beacon).map(\.source.name) == ["bot"])
    }

    @Test func aPolicySaysHowManyCallsItTakes() {
        var policy = DeclaredPolicy()
        policy.thresholds[ThresholdKey("beacon", "calls")] = 12
        var stream = Stream(policy)
        for number in 0..<30 { stream.talk(bot, master, at: Double(number) * 60) }
        #expect(stream.found(.beacon).map(\.count) == [12])
    }
}
