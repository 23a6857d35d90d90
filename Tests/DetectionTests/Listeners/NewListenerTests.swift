import Addressing
import Containers
import Policy
import Testing

@testable import Detection

@Suite("Listeners of containers")
struct NewListenerTests {
    @Test func aPortThatIsOpenedLongAfterIsFound() {
        var host = Host()
        host.run(Host.container("web", namespace: 5, image: "nginx"), at: 0)
        host.stream.journal(
            .address(
                InterfaceKey(namespace: NetworkNamespace(inode: 5), index: 2),
                Stream.host("10.0.0.5"),
                prefixLength: 24
            )
        )
        host.listen(in: 5, 80, at: 3)
        #expect(host.found(.newListener).isEmpty)
        host.listen(in: 5, 4444, process: "xmrig", at: 900)
        let alerts = host.found(.newListener)
        #expect(alerts.map(\.severity) == [30])
        #expect(alerts.first?.source.container?.key.identifier == "web")
        #expect(alerts.first?.source.address == Stream.host("10.0.0.5"))
        #expect(alerts.first?.message == "web listens on TCP 4444, as xmrig, which it did not in its first 15 min")
        // Told again, with more known of it.
        host.listen(in: 5, 4444, process: "xmrig", at: 9000)
        #expect(host.found(.newListener).count == 1)
    }

    @Test func whatAnotherContainerOfItsImageHadIsNone() {
        var host = Host()
        host.run(Host.container("one", namespace: 5, image: "app"), at: 0)
        host.listen(in: 5, 8080, at: 3)
        host.listen(in: 5, 9090, at: 5)
        host.run(Host.container("two", namespace: 6, image: "app"), at: 10)
        host.listen(in: 6, 8080, at: 12)
        host.listen(in: 6, 9090, at: 5000)
        #expect(host.found(.newListener).isEmpty)
    }

    @Test func anImageThatIsKnownLateHasThePortsAllTheSame() {
        var host = Host()
        host.run(Host.container("one", namespace: 5), at: 0)
        host.listen(in: 5, 8080, at: 3)
        host.run(Host.container("one", namespace: 5, image: "app"), at: 20)
        host.run(Host.container("two", namespace: 6, image: "app"), at: 30)
        host.listen(in: 6, 8080, at: 5000)
        host.listen(in: 5, 8080, at: 5001)
        #expect(host.found(.newListener).isEmpty)
    }

    @Test func aListenerThatIsHeardOfBeforeItsContainer() {
        var host = Host()
        host.listen(in: 5, 22, at: 0)
        host.listen(in: 5, 80, at: 0)
        host.run(Host.container("web", namespace: 5, image: "nginx"), at: 1)
        host.listen(in: 5, 80, at: 900)
        #expect(host.found(.newListener).isEmpty)
        #expect(host.found(.sshListener).map(\.time) == [Stream.time(1)])
    }

    @Test func loopbackAndPortsOfAMomentAreNone() {
        var host = Host()
        host.run(Host.container("web", namespace: 5, image: "nginx"), at: 0)
        host.listen(in: 5, 6060, address: "127.0.0.1", at: 900)
        host.listen(in: 5, 45_000, protocolNumber: 17, at: 900)
        #expect(host.found(.newListener).isEmpty)
        host.listen(in: 5, 514, protocolNumber: 17, at: 900)
        #expect(
            host.found(.newListener).map(\.message) == ["web listens on UDP 514, which it did not in its first 15 min"]
        )
    }

    @Test func inAPodTheControlGroupDecides() {
        var host = Host()
        host.run(Host.container("app", namespace: 5, image: "app", group: 50), at: 0)
        host.run(Host.container("sidecar", namespace: 5, image: "proxy", group: 51), at: 0)
        host.listen(in: 5, 7000, group: 51, at: 900)
        host.listen(in: 5, 7001, at: 901)
        #expect(host.found(.newListener).map { $0.source.container?.key.identifier } == ["sidecar", "app"])
        #expect(host.found(.newListener).map(\.source.confidence) == [.certain, .ambiguous])
    }

    @Test func onTheHostsNetworkToo() {
        var host = Host()
        host.run(Host.container("agent", namespace: 1, image: "agent", group: 50), at: 0)
        host.listen(in: 1, 7000, group: 50, at: 900)
        host.listen(in: 1, 7001, at: 901)
        #expect(
            host.found(.newListener).map(\.message) == [
                "agent listens on TCP 7000, which it did not in its first 15 min"
            ]
        )
    }

    @Test func aPolicySaysWhenAContainerIsSettled() {
        var policy = DeclaredPolicy()
        policy.thresholds[ThresholdKey("listener", "settled")] = 3600
        var host = Host(policy)
        host.run(Host.container("web", namespace: 5, image: "nginx"), at: 0)
        host.listen(in: 5, 4444, at: 3599)
        #expect(host.found(.newListener).isEmpty)
        host.listen(in: 5, 4445, at: 3600)
        #expect(host.found(.newListener).count == 1)
    }

    @Test func withoutAJournalThereAreNone() {
        var stream = Stream()
        stream.attempt(Stream.pod("bot", "10.0.0.9"), "10.0.0.2", 22, at: 900, .answer)
        stream.pass(to: 5000)
        #expect(stream.alerts.filter { ["listener", "audit"].contains($0.rule.category) }.isEmpty)
    }
}
