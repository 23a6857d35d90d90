import Addressing
import Containers
import Flows
import Policy
import Testing
import Wire

@testable import Detection

/// Clocks that tick in every cluster.
@Suite("Healthy clocks")
struct HealthyClockTests {
    private let saas = Stream.outside("198.51.100.7")

    /// Each of `sources` calls each of `destinations` for an hour, every half minute.
    private func tick(
        _ sources: [Party],
        _ destinations: [Party],
        _ port: UInt16 = 9100,
        _ application: ApplicationProtocol = .http,
        policy: DeclaredPolicy = DeclaredPolicy()
    ) -> [Alert] {
        var stream = Stream(policy)
        for round in 0..<120 {
            for (place, source) in sources.enumerated() {
                for (number, destination) in destinations.enumerated() {
                    let now = Double(round) * 30 + Double(place) + Double(number) * 0.01
                    stream.talk(source, destination, port, bytes: 152, application, at: now)
                }
            }
        }
        return stream.found(.beacon)
    }

    @Test func aScraperIsNone() {
        let targets = (1...50).map { Stream.pod("target\($0)", "10.1.0.\($0)") }
        #expect(tick([Stream.pod("prometheus", "10.0.0.2")], targets).isEmpty)
    }

    @Test func whatEverybodyCallsIsNone() {
        let callers = (1...5).map { Stream.pod("app\($0)", "10.0.0.\($0)") }
        #expect(tick(callers, [Stream.pod("database", "10.0.1.1")]).isEmpty)
    }

    @Test func aHostsProbesAreNone() {
        let host = Party(Stream.host("10.0.0.1"), kind: .host, confidence: .certain)
        let gateway = Party(Stream.host("172.17.0.1"), kind: .gateway, confidence: .certain)
        let pod = Stream.pod("web", "10.0.0.2")
        #expect(tick([host], [pod]).isEmpty)
        #expect(tick([gateway], [pod]).isEmpty)
        #expect(tick([pod], [gateway]).isEmpty)
    }

    @Test func whoTriesAgainWhatIsGoneIsNone() {
        var gone = Party(Stream.host("10.0.0.77"), kind: .vacant, confidence: .certain)
        let web = Stream.pod("web", "10.0.0.2")
        #expect(tick([web], [gone]).isEmpty)
        gone.kind = .namespace
        #expect(tick([web], [gone]).count == 1)
    }

    @Test func onePairInsideIsLow() {
        let alerts = tick([Stream.pod("web", "10.0.0.2")], [Stream.pod("gateway", "10.0.0.3")])
        #expect(alerts.map(\.severity) == [BeaconDetector.insideSeverity])
    }

    @Test func onePairAcrossLevelsIsLowToo() {
        var policy = DeclaredPolicy()
        for (rank, name) in ["web", "vault"].enumerated() {
            var selector = Selector()
            selector.names = [NamePattern(name)]
            let level = SensitivityLevel(rank: UInt8(rank))
            policy.sensitivity.rules.append(Sensitivity.Rule(level: level, selector: selector))
        }
        let web = Stream.replica("web", "10.0.0.2", image: "web")
        let vault = Stream.replica("vault", "10.0.0.3", image: "vault")
        #expect(tick([web], [vault], policy: policy).map(\.severity) == [BeaconDetector.crossingSeverity])
    }

    @Test func outsideItIsLowWhereSeveralWorkloadsCallOrTheHostDoes() {
        let callers = (1...4).map { Stream.replica("app\($0)", "10.0.0.\($0)", image: "image\($0)") }
        let alerts = tick(callers, [saas], 443, .tls)
        #expect(!alerts.isEmpty)
        #expect(alerts.allSatisfy { $0.severity == BeaconDetector.commonSeverity })
        let host = Party(Stream.host("10.0.0.1"), kind: .host, confidence: .certain)
        #expect(tick([host], [saas], 443, .tls).map(\.severity) == [BeaconDetector.commonSeverity])
    }

    @Test func replicasAreOneWorkloadAndToldOnce() {
        let replicas = (1...10).map { Stream.replica("app\($0)", "10.0.0.\($0)", image: "app") }
        let alerts = tick(replicas, [saas], 443, .tls)
        #expect(alerts.map(\.severity) == [60])
    }

    @Test func theTimeOfDayIsAskedForByTheClock() {
        var stream = Stream()
        let pod = Stream.pod("chrony", "10.0.0.4")
        for round in 0..<100 { stream.talk(pod, saas, 123, bytes: 76, .ntp, at: Double(round) * 64) }
        #expect(stream.found(.beacon).isEmpty)
        // Not what only has its port, nor what says more.
        for round in 0..<40 { stream.talk(pod, saas, 1123, bytes: 76, .unknown, at: 10_000 + Double(round) * 64) }
        for round in 0..<40 { stream.talk(pod, saas, 2123, bytes: 4000, .ntp, at: 20_000 + Double(round) * 64) }
        #expect(stream.found(.beacon).count == 2)
    }
}
