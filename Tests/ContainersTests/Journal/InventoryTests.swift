import Addressing
import Containers
import Testing

@Suite("Inventory")
struct InventoryTests {
    /// A host with a bridge and a container on it that listens.
    private func shop() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 2), "eth0", addresses: ["192.0.2.1/24"])
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.veth(4, to: 40, bridge: 3, mac: 0x0242_ac11_0002, addresses: "172.17.0.2/16", "fe80::1/64", "fd00::2/64")
        watch.container("web", in: 40, cgroup: 7) { $0.name = "web" }
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: nil)))
        return watch
    }

    @Test func tellsOfAContainerWithItsInterfacesAndSockets() throws {
        let inventory = shop().journal.inventory()
        #expect(inventory.host == JournalWatch.host)
        #expect(inventory.hostName == "node-a")
        #expect(inventory.namespaces.map { $0.namespace?.inode } == [40, 1])
        let place = inventory.namespaces[0]
        #expect(!place.isHost)
        #expect(place.containers.map(\.container.key.identifier) == ["web"])
        // Alone in its namespace, whatever the socket's control group is.
        #expect(place.containers[0].listeners.map(\.port) == [80])
        #expect(place.listeners.isEmpty)
        let interface = try #require(place.interfaces.first)
        #expect(place.interfaces.count == 1)
        #expect(interface.interface.name == "eth0")
        #expect(interface.addresses.map(\.address) == [.text("172.17.0.2"), .text("fd00::2"), .text("fe80::1")])
        #expect(interface.addresses.map(\.prefixLength) == [16, 64, 64])
        #expect(interface.addresses.map(\.isOfLink) == [false, false, true])
        #expect(interface.peer?.name == "veth4")
        #expect(interface.bridge?.name == "docker0")
        #expect(interface.networkIdentifier == nil)
        let host = inventory.namespaces[1]
        #expect(host.isHost)
        #expect(host.containers.isEmpty)
        #expect(host.interfaces.map(\.interface.name) == ["eth0", "docker0", "veth4"])
    }

    @Test func tellsOnlyOfWhatIsOpen() {
        let watch = shop()
        watch.apply(.addressGone(.of(40, 2), .text("fd00::2")))
        watch.apply(.listenerClosed(watch.listener(80, in: 40, cgroup: nil)))
        var place = watch.journal.inventory().namespaces[0]
        #expect(place.interfaces.first?.addresses.map(\.address) == [.text("172.17.0.2"), .text("fe80::1")])
        #expect(place.containers[0].listeners.isEmpty)
        watch.end("web")
        place = watch.journal.inventory().namespaces[0]
        #expect(place.namespace?.inode == 40)
        #expect(place.containers.isEmpty)
        watch.apply(.namespaceGone(NetworkNamespace(inode: 40)))
        #expect(watch.journal.inventory().namespaces.map { $0.namespace?.inode } == [1])
    }

    @Test func aSharedNamespaceHasItsOwnerFirstAndSocketsByControlGroup() {
        let watch = JournalWatch()
        watch.veth(4, to: 40, addresses: "10.244.0.5/24")
        watch.container("app", in: 40, cgroup: 2) { $0.pod = "cart" }
        watch.container("pause", in: 40, cgroup: 1) {
            $0.isSandbox = true
            $0.pod = "cart"
        }
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: 2)))
        watch.apply(.listener(watch.listener(81, in: 40, cgroup: nil)))
        watch.apply(.listener(watch.listener(82, in: 40, cgroup: 99)))
        let place = watch.journal.inventory().namespaces[0]
        #expect(place.containers.map(\.container.key.identifier) == ["pause", "app"])
        #expect(place.containers.map { $0.listeners.map(\.port) } == [[], [80]])
        #expect(place.listeners.map(\.port) == [81, 82])
    }

    @Test func socketsOnTheHostsNetworkAreExposedUnlessTheyAreOfTheLoopback() {
        let watch = JournalWatch()
        watch.container("hosted", in: 1, cgroup: 5)
        watch.apply(.listener(watch.listener(9090, in: 1, cgroup: 5)))
        watch.apply(.listener(watch.listener(9091, in: 1, at: "127.0.0.1", cgroup: 5)))
        watch.apply(.listener(watch.listener(22, in: 1, cgroup: 6)))
        let host = watch.journal.inventory().namespaces[0]
        #expect(host.isHost)
        #expect(host.containers[0].listeners.map(\.port) == [9090, 9091])
        #expect(host.containers[0].exposures.map(\.port.port) == [9090])
        #expect(host.containers[0].exposures.map(\.origin) == [.hostNetwork])
        #expect(host.listeners.map(\.port) == [22])
    }

    @Test func publishedPortsAreWhatTheRuntimeSaysAndElseWhatConnectionsShow() {
        func port(_ number: UInt16, at address: String) -> PublishedPort {
            PublishedPort(protocolNumber: 6, address: .text(address), port: number, containerPort: 80)
        }
        func end(_ address: String, _ port: UInt16) -> Translation.End { .init(address: .text(address), port: port) }
        func translation(_ number: UInt16, at address: String) -> Translation {
            Translation(
                namespace: JournalWatch.host,
                protocolNumber: 6,
                originalSource: end("198.51.100.7", 40_000),
                originalDestination: end(address, number),
                replySource: end("172.17.0.2", 80),
                replyDestination: end("198.51.100.7", 40_000)
            )
        }
        let watch = shop()
        watch.container("web", in: 40, cgroup: 7) { $0.published = [port(8081, at: "::"), port(8080, at: "0.0.0.0")] }
        watch.apply(.translation(translation(8080, at: "192.0.2.1")))
        watch.apply(.translation(translation(8082, at: "192.0.2.1")))
        // Not an address of this host: somebody else's translation.
        watch.apply(.translation(translation(8083, at: "192.0.2.99")))
        let place = watch.journal.inventory().namespaces[0]
        #expect(place.containers[0].exposures.map(\.port.port) == [8080, 8081])
        #expect(place.containers[0].exposures.map(\.origin) == [.published, .published])
        #expect(place.exposures == [Exposure(port(8082, at: "192.0.2.1"), origin: .translation)])
    }

    @Test func anOverlayIsNamedByItsNumber() {
        let watch = JournalWatch()
        watch.link(.of(9, 2), "br0", kind: "bridge", addresses: ["10.0.0.1/24"])
        watch.link(.of(9, 3), "vxlan0", kind: "vxlan", master: 2, vni: 4097)
        watch.link(.of(9, 4), "veth0", kind: "veth", peer: .of(40, 7), master: 2)
        watch.link(.of(40, 7), "eth0", kind: "veth", peer: .of(9, 4), addresses: ["10.0.0.2/24"])
        watch.container("task", in: 40)
        let inventory = watch.journal.inventory()
        #expect(inventory.namespaces.map { $0.namespace?.inode } == [40, 9, 1])
        #expect(inventory.namespaces[0].interfaces.map(\.networkIdentifier) == [4097])
        #expect(inventory.namespaces[0].interfaces.map(\.bridge?.name) == ["br0"])
        #expect(inventory.namespaces[1].interfaces.map(\.networkIdentifier) == [4097, 4097, 4097])
    }

    @Test func aContainerWhoseNamespaceIsNotKnownStandsAlone() {
        let watch = shop()
        watch.container("a", in: nil) { $0.name = "lost" }
        watch.container("b", in: nil) { $0.name = "found" }
        let places = watch.journal.inventory().namespaces
        #expect(places.map { $0.containers.map(\.container.label) } == [["found"], ["lost"], ["web"], []])
        #expect(places.map { $0.namespace?.inode } == [nil, nil, 40, 1])
    }

    @Test func anEmptyJournalIsAnEmptyInventory() {
        let journal = IdentityJournal()
        #expect(journal.inventory() == Inventory())
    }

    @Test(
        arguments: [
            (nil, nil, nil, false, "0123456789ab"), ("web", nil, nil, false, "web"),
            ("app", "cart", nil, false, "cart/app"), ("app", "cart", "shop", false, "shop/cart/app"),
            ("POD", "cart", "shop", true, "shop/cart"), (nil, "cart", nil, true, "cart"),
        ] as [(String?, String?, String?, Bool, String)]
    )
    func aContainerIsCalledByItsPodAndName(
        name: String?,
        pod: String?,
        place: String?,
        isSandbox: Bool,
        label: String
    ) {
        var container = Container(key: ContainerKey(identifier: "0123456789abcdef", generation: 1))
        container.description.name = name
        container.description.pod = pod
        container.description.podNamespace = place
        container.description.isSandbox = isSandbox
        #expect(container.label == label)
    }
}
