import Addressing
import Containers
import Testing

/// Which layer-2 network an end is on.
@Suite("Bridge of an end")
struct BridgeNameTests {
    private let watch = JournalWatch()

    init() {
        watch.link(.of(1, 2), "eth0", addresses: ["192.0.2.10/24"])
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.veth(10, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("c1", in: 40)
    }

    @Test func isThatOfTheVethsOtherEnd() {
        #expect(watch.who("172.17.0.2").bridgeName == "docker0")
    }

    @Test func isTheGatewayItself() {
        #expect(watch.who("172.17.0.1").bridgeName == "docker0")
    }

    @Test func isNoneWithoutABridge() {
        watch.veth(11, to: 41, addresses: "10.9.0.2/32")
        watch.container("c2", in: 41)
        for address in ["10.9.0.2", "192.0.2.10", "203.0.113.1"] {
            #expect(watch.who(address).bridgeName == nil, "\(address)")
        }
    }

    @Test func isNoBondAndNoVRF() {
        watch.link(.of(1, 4), "bond0", kind: "bond")
        watch.veth(12, to: 42, bridge: 4, addresses: "10.9.0.3/32")
        watch.container("c3", in: 42)
        #expect(watch.who("10.9.0.3").bridgeName == nil)
    }

    @Test func isThatOfTheOverlaysDevice() {
        watch.link(.of(1, 5), "br42", kind: "bridge")
        watch.link(.of(1, 6), "vx42", kind: "vxlan", master: 5, vni: 42)
        let identity = watch.who("10.45.0.2") {
            $0.scope = .segment(identifier: 42, vlan: 0)
            $0.behind = .of(1, 6)
            $0.cameIn = true
        }
        #expect(identity.kind == .remote)
        #expect(identity.bridgeName == "br42")
    }
}
