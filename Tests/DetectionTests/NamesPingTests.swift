import Addressing
import Containers
import Flows
import Policy
import Testing

@testable import Detection

@Suite("Data in pings")
struct NamesPingTests {
    private let bot = Stream.pod("bot", "10.0.0.9")
    private let peer = Party(Stream.host("203.0.113.9"), kind: .outside)

    private func pinged(
        _ packets: (UInt64, UInt64),
        _ bytes: (UInt64, UInt64),
        mismatches: Int = 0,
        lasting seconds: Double = 60
    ) -> [Alert] {
        var stream = Stream()
        stream.converse(bot, peer, 0, at: 1, lasting: seconds, opening: .echo, packets: packets, bytes: bytes) {
            $0.echoMismatches = mismatches
        }
        return stream.alerts
    }

    @Test func echoesThatAreNotWhatWasAsked() {
        #expect(pinged((5, 5), (420, 420), mismatches: 2).isEmpty)
        let found = pinged((5, 5), (420, 420), mismatches: 3)
        #expect(found.map(\.rule) == [.icmpTunnel] && found.map(\.severity) == [80])
        #expect(found.first?.message == "bot pings 203.0.113.9, and what comes back is not what was sent")
    }

    /// As sizes tell where packets were captured short.
    @Test func moreBackThanWasSent() {
        let found = pinged((100, 100), (8400, 90_000))
        #expect(found.map(\.rule) == [.icmpTunnel] && found.map(\.severity) == [80])
        // Some hosts cut what they echo; some packets are lost.
        #expect(pinged((100, 100), (150_000, 9200)).isEmpty)
        #expect(pinged((100, 80), (8400, 6720)).isEmpty)
        #expect(pinged((100, 100), (8400, 11_000)).isEmpty)
        #expect(pinged((100, 100), (100_000, 110_000)).isEmpty)
        #expect(pinged((10, 10), (840, 9000)).isEmpty)
    }

    @Test func farMoreThanPingsCarry() {
        let found = pinged((2000, 2000), (2_800_000, 2_800_000))
        #expect(found.map(\.rule) == [.icmpTunnel] && found.map(\.severity) == [ICMPTunnelDetector.vagueSeverity])
        // A day of pings, a test of a path's size, and many small ones.
        #expect(pinged((86_400, 86_400), (86_400 * 84, 86_400 * 84), lasting: 86_400).isEmpty)
        #expect(pinged((600, 600), (600 * 1428, 600 * 1428), lasting: 600).isEmpty)
    }

    /// Another policy is told while it judges.
    @Test func thresholdsCountFromWhenTheyAreTold() {
        var stream = Stream()
        func ping(at seconds: Double) -> [Rule] {
            let before = stream.alerts.count
            let address = Party(.v4(IPv4Address(bits: 0xcb00_7100 + UInt32(seconds))), kind: .outside)
            stream.converse(
                bot,
                address,
                0,
                at: seconds,
                lasting: 10,
                opening: .echo,
                packets: (150, 150),
                bytes: (210_000, 210_000)
            )
            return stream.alerts[before...].map(\.rule)
        }
        var policy = DeclaredPolicy()
        policy.thresholds[ThresholdKey("icmp", "packets")] = 100
        let usual = ping(at: 1)
        stream.detectors.apply(CompiledPolicy(policy), baseline: nil)
        let strict = ping(at: 100)
        stream.detectors.apply(CompiledPolicy(DeclaredPolicy()), baseline: nil)
        let again = ping(at: 200)
        #expect(usual == [] && strict == [.icmpTunnel] && again == [])
    }
}
