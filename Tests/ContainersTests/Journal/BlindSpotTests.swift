import Addressing
import Containers
import Testing

@Suite("Blind spots")
struct BlindSpotTests {
    private static let hidden = NetworkNamespace(inode: 90)

    /// A host with the hidden namespace of an overlay: a bridge, and a vxlan device on it.
    private func swarm() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker_gwbridge", kind: "bridge", addresses: ["172.18.0.1/16"])
        watch.link(.of(90, 2), "br0", kind: "bridge", addresses: ["10.0.1.1/24"])
        watch.link(.of(90, 5), "vxlan0", kind: "vxlan", master: 2, vni: 4097)
        return watch
    }

    private func join(_ watch: JournalWatch, _ namespace: UInt64, by index: UInt32) {
        watch.link(.of(90, index), "veth\(index)", kind: "veth", peer: .of(namespace, 7), master: 2)
        watch.link(.of(namespace, 7), "eth0", kind: "veth", peer: .of(90, index), addresses: ["10.0.1.\(index)/24"])
        watch.container("c\(namespace)", in: namespace)
    }

    @Test func aHiddenOverlayIsOneWhileContainersAreOnIt() {
        let watch = swarm()
        #expect(watch.journal.blindSpots().isEmpty)
        join(watch, 40, by: 10)
        join(watch, 41, by: 11)
        #expect(watch.journal.blindSpots() == [Self.hidden])
        watch.apply(.interfaceGone(.of(90, 10)))
        #expect(watch.journal.blindSpots() == [Self.hidden])
        watch.apply(.interfaceGone(.of(90, 11)))
        #expect(watch.journal.blindSpots().isEmpty)
        join(watch, 42, by: 12)
        #expect(watch.journal.blindSpots() == [Self.hidden])
    }

    @Test(arguments: ["macvlan", "ipvlan"])
    func aContainerOnADeviceIsOne(kind: String) {
        let watch = JournalWatch()
        watch.link(.of(1, 2), "eth0")
        watch.link(.of(40, 5), "eth0", kind: kind, peer: .of(1, 2), addresses: ["10.1.0.5/24"])
        // Somebody's own doing, on the host.
        #expect(watch.journal.blindSpots().isEmpty)
        watch.container("a", in: 40)
        #expect(watch.journal.blindSpots() == [NetworkNamespace(inode: 40)])
        watch.end("a")
        #expect(watch.journal.blindSpots().isEmpty)
    }

    @Test func aContainerOnABridgeIsNone() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        #expect(watch.journal.blindSpots().isEmpty)
    }
}
