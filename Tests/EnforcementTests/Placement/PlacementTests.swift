import Addressing
import Containers
import Enforcement
import Policy
import Testing

@Suite("Placement")
struct PlacementTests {
    private static let host = Lab.host

    private func place(_ order: BlockOrder, in lab: Lab) -> Placement {
        Placement(of: order, among: lab.inventory.residents, host: lab.inventory.host)
    }

    @Test func aContainerIsCaughtAtTheHostsEndOfItsVeth() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let placement = place(try Lab.order("web", to: "192.0.2.7"), in: lab)
        #expect(placement.places == [Place(Self.host, .sending, .device("veth-web"))])
        #expect(placement.covered == Set(TrafficPath.sending))
        #expect(placement.members.map(\.label) == ["web"])
        #expect(placement.gaps == [.doubleTags])
    }

    @Test func bothDirectionsAndQuarantineAlsoCatchWhatItIsSent() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let orders = [try Lab.order("web", to: "192.0.2.7", options: .bothDirections), try Lab.quarantine("web")]
        for order in orders {
            let placement = place(order, in: lab)
            #expect(placement.places.map(\.hook) == [.sending, .receiving])
            #expect(placement.covered == Set(TrafficPath.allCases))
        }
    }

    @Test func aHiddenOverlayIsWhereItsVethEnds() throws {
        var lab = Lab()
        let overlay = NetworkNamespace(inode: 77)
        try lab.add("web", "10.1.0.2", behind: overlay)
        try lab.change("web") {
            let other = try Lab.wire(NetworkNamespace(inode: 9), "eth1", kind: "veth", to: "veth-out", 90)
            $0.interfaces.append(other)
        }
        let placement = place(try Lab.order("web", to: "192.0.2.7"), in: lab)
        #expect(
            placement.places == [
                Place(overlay, .sending, .device("veth-web")), Place(Self.host, .sending, .device("veth-out")),
            ]
        )
    }

    @Test func onTheHostsNetworkItIsKnownByItsControlGroup() throws {
        var lab = Lab()
        lab.addOnHost("node", group: 4711, path: "/system.slice/docker-node.scope")
        lab.addOnHost("old", group: nil, path: "/system.slice/docker-old.scope")
        let placement = place(try Lab.order("node", to: "192.0.2.7", options: .bothDirections), in: lab)
        let local = LocalEnd.cgroup(4711, level: 2)
        #expect(placement.places == [Place(Self.host, .output, local), Place(Self.host, .input, local)])
        #expect(placement.gaps == [.packetSockets(container: "node")])
        // The host's other processes are not among those who are stopped.
        #expect(placement.members.map(\.label) == ["node"])
        let unknown = place(try Lab.order("old", to: "192.0.2.7"), in: lab)
        #expect(unknown.isEmpty)
        #expect(unknown.gaps == [.groupUnknown(container: "old")])
    }

    @Test(arguments: ["macvlan", "ipvlan", "netkit", "bond", "team", "of a kernel to come", nil] as [String?])
    func whatHasNoEndOnTheHostIsCaughtInside(kind: String?) throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        try lab.change("web") {
            $0.interfaces = [try Lab.wire(NetworkNamespace(inode: 9), "eth0", kind: kind, to: nil, 0)]
        }
        let inside = try #require(lab.resident("web").namespace)
        let placement = place(try Lab.order("web", to: "192.0.2.7"), in: lab)
        #expect(placement.places == [Place(inside, .output, .device("eth0"))])
        #expect(placement.gaps.contains(.undoable(container: "web", interface: "eth0")))
        #expect(
            "\(placement.gaps)".contains("CAP_NET_ADMIN")
                || placement.gaps.contains { "\($0)".contains("CAP_NET_ADMIN") }
        )
    }

    /// Whatever is there is placed, or a sentence says that it is not.
    @Test func tunnelsAreToldAndDevicesOfTheKernelItselfAreNot() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let wire = try lab.resident("web").interfaces
        func gaps(_ name: String, _ kind: String) throws -> [PlacementGap] {
            try lab.change("web") {
                $0.interfaces = wire + [try Lab.wire(NetworkNamespace(inode: 9), name, kind: kind, to: nil, 0)]
            }
            return place(try Lab.order("web", to: "192.0.2.7"), in: lab).gaps.filter { $0 != .doubleTags }
        }
        for kind in ["wireguard", "gre", "ipip", "vti", "ppp"] {
            #expect(try gaps("x0", kind) == [.tunnel(container: "web", interface: "x0")])
        }
        for (name, kind) in [
            ("tunl0", "ipip"), ("gre0", "gre"), ("erspan0", "erspan"), ("d0", "dummy"), ("b0", "bridge"),
        ] {
            #expect(try gaps(name, kind) == [])
        }
        // A name alone makes no device of the kernel's.
        #expect(try gaps("tunl0", "wireguard") == [.tunnel(container: "web", interface: "tunl0")])
    }

    @Test func ofASharedNamespaceAllMembersAreNamed() throws {
        var lab = Lab()
        try lab.add("pause", "10.1.0.2")
        try lab.change("pause") {
            $0.containers.append(ContainerInventory(Lab.container("app"), since: Lab.start))
        }
        let placement = place(try Lab.order("app", to: "192.0.2.7"), in: lab)
        #expect(placement.members.map(\.label) == ["pause", "app"])
        #expect(placement.places == [Place(Self.host, .sending, .device("veth-pause"))])
        #expect(placement.gaps.first == .wholeNamespace(count: 2))
    }

    @Test func whatCannotBePlacedSaysWhy() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        #expect(place(try Lab.order("gone", to: "192.0.2.7"), in: lab).gaps == [.notRunning(Lab.key("gone"))])
        try lab.change("web") { $0.interfaces[0].peer = nil }
        let blind = place(try Lab.order("web", to: "192.0.2.7"), in: lab)
        #expect(blind.isEmpty && blind.covered.isEmpty)
        #expect(blind.gaps == [.otherEndUnknown(container: "web", interface: "eth0")])
        try lab.change("web") { $0.interfaces = [try Lab.wire(Self.host, "wg0", kind: "wireguard", to: nil, 0)] }
        #expect(
            place(try Lab.order("web", to: "192.0.2.7"), in: lab).gaps == [.tunnel(container: "web", interface: "wg0")]
        )
        try lab.change("web") { $0.interfaces = [] }
        #expect(place(try Lab.order("web", to: "192.0.2.7"), in: lab).gaps == [.noInterface(container: "web")])
        try lab.change("web") { $0.namespace = nil }
        #expect(place(try Lab.order("web", to: "192.0.2.7"), in: lab).gaps == [.namespaceUnknown(container: "web")])
    }

    @Test func anAddressAloneIsCaughtWhereverItIsRouted() throws {
        let address = try #require(IPAddress("192.0.2.7"))
        let order = BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)
        let placement = place(order, in: Lab())
        #expect(Set(placement.places.map(\.hook)) == [.output, .input, .routed, .arriving, .bridged, .bridgedArriving])
        #expect(placement.places.allSatisfy { $0.namespace == Self.host && $0.local == .anybody })
        #expect(!placement.covered.contains(.sameBridge))
    }

    @Test func newConnectionsOtherThanTCPLeavePathsOpen() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2", "fd00::2")
        let tcp = place(try Lab.order("web", to: "192.0.2.7", 6, options: .newOnly), in: lab)
        #expect(tcp.places.map(\.hook) == [.sending])
        #expect(!tcp.gaps.contains(.untrackedPaths))
        #expect(tcp.covered == Set(TrafficPath.sending))
        let udp = place(try Lab.order("web", to: "192.0.2.7", 17, options: .newOnly), in: lab)
        let sources = try ["10.1.0.2", "fd00::2"].map { try #require(IPAddress($0)) }
        #expect(udp.places == sources.map { Place(Self.host, .beginning, .source($0)) })
        #expect(udp.gaps.contains(.untrackedPaths) && udp.gaps.contains(.forgeable))
        #expect(!udp.covered.contains(.sameBridge) && udp.covered.contains(.outside))
        let any = place(try Lab.order("web", to: "192.0.2.7", options: .newOnly), in: lab)
        #expect(any.places.map(\.hook) == [.sending, .beginning, .beginning])
        #expect(!any.covered.contains(.sameBridge))
    }

    @Test func aSelectorMeansAllThatMatchAndLaterOnesToo() throws {
        var selector = Selector()
        selector.images = [NamePattern("nginx:*")]
        let order = BlockOrder(.selector(selector), .everything(allowing: []), reason: "", author: Lab.person)
        var lab = Lab()
        try lab.add("a", "10.1.0.2") { $0.description.image = "nginx:1" }
        try lab.add("b", "10.1.0.3") { $0.description.image = "redis:7" }
        #expect(place(order, in: lab).members.map(\.label) == ["a"])
        try lab.add("c", "10.1.0.4") { $0.description.image = "nginx:2" }
        #expect(place(order, in: lab).members.map(\.label) == ["a", "c"])
        let nobody = BlockOrder(.selector(Selector()), .everything(allowing: []), reason: "", author: Lab.person)
        #expect(place(nobody, in: lab).isEmpty)
    }

    @Test func aSelectorSparesWhoIsNeverStopped() throws {
        var (selector, spared) = (Selector(), Selector())
        selector.images = [NamePattern("nginx:*")]
        spared.names = [NamePattern("edge")]
        let order = BlockOrder(.selector(selector), .everything(allowing: []), reason: "", author: Lab.person)
        var lab = Lab()
        for name in ["web", "edge"] { try lab.add(name, "10.1.0.2") { $0.description.image = "nginx:1" } }
        let desired = Desired(blocks: [Lab.block(1, order)], inventory: lab.inventory, sparing: [spared])
        #expect(desired.placements[BlockIdentifier(1)]?.members.map(\.label) == ["web"])
        #expect(Desired(blocks: [Lab.block(1, order)], inventory: lab.inventory).elementCount > desired.elementCount)
    }

    /// One that is never stopped may join a namespace after a block of another one there was asked for.
    @Test func whoSharesANamespaceWithOneThatIsNeverStoppedIsSparedToo() throws {
        var (lab, spared) = (Lab(), Selector())
        spared.names = [NamePattern("edge")]
        try lab.add("web", "10.1.0.2")
        let block = Lab.block(1, try Lab.order("web", to: "192.0.2.7"))
        func desired() -> Desired { Desired(blocks: [block], inventory: lab.inventory, sparing: [spared]) }
        #expect(desired().elementCount == 1)
        try lab.change("web") { $0.containers.append(ContainerInventory(Lab.container("edge"), since: Lab.start)) }
        #expect(desired().elementCount == 0)
        #expect(desired().placements[BlockIdentifier(1)]?.gaps == [.spared(container: "web")])
    }

    @Test func aSelectorAlsoGoesByAddressesAndSegments() throws {
        var lab = Lab()
        try lab.add("a", "10.1.0.2")
        try lab.add("b", "10.2.0.2")
        try lab.change("b") {
            $0.interfaces[0].networkIdentifier = 42
            var bridge = Interface(key: InterfaceKey(namespace: Self.host, index: 5), name: "br-x")
            bridge.kind = "bridge"
            $0.interfaces[0].bridge = bridge
        }
        func names(_ change: (inout Selector) throws -> Void) rethrows -> [String] {
            var selector = Selector()
            try change(&selector)
            return lab.inventory.residents.values.filter { selector.means($0) }.map(\.container.label).sorted()
        }
        #expect(try names { $0.blocks = [try #require(IPPrefix("10.1.0.0/16"))] } == ["a"])
        #expect(names { $0.segments = [NamePattern("br-*")] } == ["b"])
        #expect(names { $0.segments = [NamePattern("42")] } == ["b"])
        #expect(
            try names {
                $0.segments = [NamePattern("42")]
                $0.blocks = [try #require(IPPrefix("10.1.0.0/16"))]
            } == []
        )
    }
}
