import Addressing
import Containers
import Policy
import Testing
import Wire

@testable import Detection

@Suite("Strangers that send into overlays")
struct TunnelSenderTests {
    private let inner = Party(Stream.host("10.244.2.9"), scope: 7)

    private static var declared: DeclaredPolicy {
        var policy = DeclaredPolicy()
        policy.tunnelEnds = ["192.168.0.2", "192.168.0.3"].compactMap { IPPrefix($0 + "/32") }
        return policy
    }

    @Test func whoIsInNoForwardingTableIsFoundAfterAWhile() {
        var stream = Stream()
        stream.joinOverlay(ends: ["192.168.0.2", "192.168.0.3"])
        stream.pass(inner, from: "192.168.0.2", at: 1)
        stream.pass(inner, from: "192.168.0.66", at: 2)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        stream.pass(to: 100)
        let alerts = stream.found(.strangeTunnelEnd)
        #expect(alerts.map(\.source.address) == [Stream.host("192.168.0.66")])
        #expect(alerts.map(\.time) == [Stream.time(12)])
        #expect(alerts.first?.severity == 80)
        #expect(
            alerts.first?.message
                == "192.168.0.66 sends into vxlan segment 7 and is no tunnel end of it; inside, as 10.244.2.9"
        )
    }

    @Test func aNewHostWhoseEntryComesLateIsNone() {
        var stream = Stream()
        stream.joinOverlay(ends: ["192.168.0.2"])
        stream.pass(inner, from: "192.168.0.4", at: 2)
        stream.journal(Stream.station(9, behind: "192.168.0.4"), at: 5)
        stream.pass(inner, from: "192.168.0.4", at: 6)
        stream.pass(to: 1000)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        // It leaves the cluster, and who has its address an hour later is another.
        stream.journal(.remoteGone(Stream.device, MACAddress(bits: 0x0200_0000_0009)), at: 1000)
        stream.pass(inner, from: "192.168.0.4", at: 1001)
        stream.pass(to: 1100)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        stream.pass(inner, from: "192.168.0.4", at: 4600)
        stream.pass(to: 5000)
        #expect(stream.found(.strangeTunnelEnd).count == 1)
    }

    @Test func anEndKnownByItsDeviceAloneStaysUntilThatGoes() {
        var stream = Stream()
        stream.joinOverlay(ends: ["192.168.0.2"])
        stream.journal(.remote(Stream.device, MACAddress(bits: 0), endpoint: Stream.host("192.168.0.5")))
        stream.journal(.remoteGone(Stream.device, MACAddress(bits: 0)), at: 1)
        stream.pass(inner, from: "192.168.0.5", at: 5000)
        stream.pass(to: 6000)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        stream.journal(.interfaceGone(Stream.device), at: 6000)
        stream.joinOverlay(ends: ["192.168.0.2"])
        stream.pass(inner, from: "192.168.0.5", at: 9000)
        stream.pass(to: 9100)
        #expect(stream.found(.strangeTunnelEnd).count == 1)
    }

    @Test func otherSegmentsAndOtherKindsAreNotJudgedByTheForwardingTable() {
        var stream = Stream()
        stream.joinOverlay(ends: ["192.168.0.2"])
        stream.pass(inner, from: "192.168.0.66", segment: 8, at: 2)
        stream.pass(inner, from: "192.168.0.66", kind: .geneve, at: 3)
        stream.pass(inner, from: "192.168.0.66", kind: .gre, at: 4)
        stream.pass(to: 100)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
    }

    @Test func whatAPolicyDoesNotNameIsFoundAtOnce() {
        var stream = Stream(Self.declared)
        stream.pass(inner, from: "192.168.0.2", to: "192.168.0.1", at: 1)
        // This host's own, as far as anybody knows.
        stream.pass(inner, from: "192.168.0.1", to: "192.168.0.2", at: 2)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        stream.pass(inner, from: "192.168.0.66", to: "192.168.0.1", kind: .geneve, at: 3)
        #expect(stream.found(.strangeTunnelEnd).map(\.time) == [Stream.time(3)])
    }

    @Test func withAJournalThePolicyNeedNotNameThisHost() {
        var stream = Stream(Self.declared)
        stream.joinOverlay(ends: [])
        stream.pass(inner, from: "192.168.0.1", to: "192.168.0.2", at: 2)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
        stream.pass(inner, from: "192.168.0.66", to: "192.168.0.2", at: 3)
        #expect(stream.found(.strangeTunnelEnd).count == 1)
    }

    @Test func aContainersAddressIsNoTunnelEnd() {
        var stream = Stream()
        stream.joinOverlay(ends: ["192.168.0.2"])
        let inside = InterfaceKey(namespace: NetworkNamespace(inode: 9), index: 2)
        stream.journal(.address(inside, Stream.host("10.244.1.5"), prefixLength: 24))
        stream.pass(inner, from: "10.244.1.5", at: 1)
        stream.pass(to: 100)
        #expect(stream.found(.strangeTunnelEnd).count == 1)
    }

    @Test func withoutJournalAndPolicyItAbstains() {
        var stream = Stream()
        for end in 1...20 { stream.pass(inner, from: "192.168.0.\(end)", at: Double(end)) }
        stream.pass(to: 100)
        #expect(stream.found(.strangeTunnelEnd).isEmpty)
    }

    @Test func whoCallsAdvanceHowOftenDoesNotMatter() {
        func run(_ step: Double?) -> [String] {
            var stream = Stream()
            stream.joinOverlay(ends: ["192.168.0.2"])
            for number in 0..<200 {
                stream.pass(inner, from: "192.168.1.\(number % 40)", at: Double(number))
                if let step { stream.pass(to: Double(number) + step) }
            }
            stream.pass(to: 1000)
            return stream.found(.strangeTunnelEnd).map { "\($0.time.nanoseconds) \($0.message) \($0.count)" }
        }
        let alone = run(nil)
        // Eight, and the others together.
        #expect(alone.count == 9)
        #expect(run(0.5) == alone && run(0.9) == alone)
    }
}
