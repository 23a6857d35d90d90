import Addressing
import Containers
import Flows
import Policy
import Testing

@testable import Detection

@Suite("Volumes sent outside")
struct VolumeTests {
    private static let hour = 3600.0
    private let web = Stream.replica("web", "10.0.0.2", image: "shop/web")
    private let drop = Stream.outside("203.0.113.9")

    /// So many hours with a little in each.
    private func usual(_ stream: inout Stream, hours: Range<Int>, bytes: UInt64 = 20_000_000) {
        for hour in hours { stream.talk(web, drop, bytes: bytes, at: Double(hour) * Self.hour + 60) }
    }

    @Test func farMoreThanEverIsFoundWhileItGoesOn() {
        var stream = Stream()
        usual(&stream, hours: 0..<48)
        let fact = stream.call(web, drop, at: 48 * Self.hour)
        for minute in 1...30 {
            stream.goOn(fact) { more in
                more.time = Stream.time(48 * Self.hour + Double(minute) * 60)
                more.sourceBytes = UInt64(minute) * 30_000_000
            }
        }
        let alerts = stream.found(.exfiltration)
        // 140 MB is the border, which the fifth minute crosses.
        #expect(alerts.map(\.time) == [Stream.time(48 * Self.hour + 300)])
        #expect(alerts.first?.severity == 70)
        #expect(alerts.first?.first == Stream.time(48 * Self.hour))
        #expect(alerts.first?.destination?.address == drop.address)
        #expect(
            alerts.first?.message
                == "web sent 150 MB outside within an hour, where at most 20 MB was sent before; most at once to 203.0.113.9"
        )
    }

    @Test func aFlowThatGoesOnIsCountedOnce() {
        var stream = Stream()
        usual(&stream, hours: 0..<48)
        let fact = stream.call(web, drop, at: 48 * Self.hour)
        for minute in 1...50 {
            stream.goOn(fact, minute == 50 ? .ended : .goesOn) { more in
                more.time = Stream.time(48 * Self.hour + Double(minute) * 60)
                more.sourceBytes = 100_000_000 + UInt64(minute)
            }
        }
        #expect(stream.found(.exfiltration).isEmpty)
    }

    @Test func withoutHistoryItSaysNothing() {
        var stream = Stream()
        usual(&stream, hours: 0..<3)
        usual(&stream, hours: 3..<20, bytes: 5_000_000_000)
        #expect(stream.found(.exfiltration).isEmpty)
    }

    @Test func backupsThatRecurAreLearned() {
        var stream = Stream()
        for night in 0..<14 {
            usual(&stream, hours: night * 24..<night * 24 + 24)
            // A new container each night, somewhat more, and earlier or later.
            let backup = Stream.replica("backup-\(night)", "10.0.0.\(night + 20)", image: "restic")
            let start = Double(night * 24 + 2) * Self.hour + Double(night % 3) * 1500
            for part in 0..<10 {
                let bytes = UInt64(1_000_000_000 + night * 50_000_000)
                stream.talk(backup, drop, bytes: bytes, at: start + Double(part) * 120)
            }
        }
        #expect(stream.found(.exfiltration).isEmpty)
    }

    @Test func aContainerThatNeverSentAnythingIsFound() {
        var stream = Stream()
        var vault = Stream.replica("vault", "10.0.0.7", image: "vault")
        vault.container?.started = Stream.time(0)
        usual(&stream, hours: 0..<30)
        stream.talk(vault, drop, bytes: 500_000_000, at: 30 * Self.hour)
        #expect(stream.found(.exfiltration).map(\.source.name) == ["vault"])
        #expect(stream.found(.exfiltration).first?.message.contains("where nothing was sent before") == true)
        // Of one that began only now nobody knows.
        vault.container?.started = Stream.time(29.5 * Self.hour)
        vault.container?.description.image = "other"
        stream.talk(vault, drop, bytes: 500_000_000, at: 30 * Self.hour + 1)
        #expect(stream.found(.exfiltration).count == 1)
    }

    @Test func littleByLittleIsFoundByTheDay() {
        var stream = Stream()
        usual(&stream, hours: 0..<96)
        usual(&stream, hours: 96..<120, bytes: 125_000_000)
        let alerts = stream.found(.exfiltration)
        #expect(alerts.count == 1)
        #expect(alerts.first?.message.contains("within a day") == true)
    }

    @Test func whatComesInAndWhatStaysInsideIsNotCounted() {
        var stream = Stream()
        usual(&stream, hours: 0..<48)
        stream.talk(web, Stream.pod("store", "10.0.0.3"), bytes: 9_000_000_000, at: 48 * Self.hour)
        stream.talk(drop, web, bytes: 9_000_000_000, at: 48 * Self.hour + 1)
        #expect(stream.found(.exfiltration).isEmpty)
    }

    @Test func aPolicySaysHowMuchIsTooMuch() {
        var policy = DeclaredPolicy()
        policy.thresholds[ThresholdKey("exfiltration", "hour")] = 1_000_000
        policy.thresholds[ThresholdKey("exfiltration", "warmup")] = 3600
        var stream = Stream(policy)
        usual(&stream, hours: 0..<3, bytes: 1000)
        usual(&stream, hours: 3..<4, bytes: 2_000_000)
        #expect(stream.found(.exfiltration).count == 1)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9_990_000, "9.9 MB"), (150_000_000, "150 MB"),
        (1_200_000_000_000, "1.2 TB"),
    ])
    func bytesHaveWords(bytes: UInt64, text: String) { #expect(ByteCount.text(bytes) == text) }
}
