import Addressing
import Containers
import Testing

@Suite("Identity by interface")
struct JournalInterfaceTests {
    /// A bridge with two containers.
    private func host() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.veth(5, to: 50, bridge: 3, addresses: "172.17.0.3/16")
        watch.container("a", in: 40)
        watch.container("b", in: 50)
        return watch
    }

    @Test func knowsTheContainerBehindAVeth() {
        let identity = host().who("172.17.0.2") { $0.behind = .of(1, 4) }
        #expect(identity.kind == .container)
        #expect(identity.name == "a")
        #expect(identity.method == .interface)
        #expect(identity.confidence == .certain)
        #expect(identity.interface == .of(40, 2))
        #expect(identity.interfaceName == "eth0")
        #expect(!identity.isForged)
        #expect(identity.candidates.isEmpty)
    }

    @Test(arguments: ["172.17.0.3", "8.8.8.8", "172.17.0.1", "172.17.255.255", "232.70.95.207", "255.255.255.255"])
    func attributesAForgedAddressByTheVethItCameThrough(address: String) {
        let identity = host().who(address) { $0.behind = .of(1, 4) }
        #expect(identity.name == "a")
        #expect(identity.method == .interface)
        #expect(identity.isForged)
    }

    @Test func aFrameThatIsOnlyFloodedToAVethForgesNothing() {
        let identity = host().who("172.17.0.3") { question in
            question.behind = .of(1, 4)
            question.cameIn = false
        }
        #expect(identity.name == "b")
        #expect(identity.method == .journal)
        #expect(!identity.isForged)
    }

    @Test func whatIsOnlySentToAGroupStaysIts() {
        let identity = host().who("232.70.95.207") { question in
            question.behind = .of(1, 4)
            question.cameIn = false
        }
        #expect(identity.kind == .multicast && identity.container == nil)
    }

    @Test(arguments: ["0.0.0.0", "::", "fe80::42", "fd00::2"])
    func anAddressOfAKindNotYetKnownThereIsNoForgery(address: String) {
        let identity = host().who(address) { $0.behind = .of(1, 4) }
        #expect(identity.name == "a")
        #expect(!identity.isForged)
    }

    @Test func aContainerThatPassesOnForOthersForgesNothing() {
        let watch = host()
        watch.link(.of(40, 9), "wg0", kind: "wireguard", addresses: ["10.9.0.1/24"])
        let identity = watch.who("10.9.0.7") { $0.behind = .of(1, 4) }
        #expect(identity.name == "a")
        #expect(!identity.isForged)
        // And still answers for what it sends in another's name.
        #expect(watch.who("172.17.0.3") { $0.behind = .of(1, 4) }.name == "a")
    }

    @Test func looksIntoANodeThatIsAContainerItself() {
        let watch = host()
        watch.link(.of(40, 3), "cni0", kind: "bridge", addresses: ["10.244.0.1/24"])
        watch.link(.of(40, 4), "vethx", kind: "veth", peer: .of(60, 2), master: 3)
        watch.link(.of(60, 2), "eth0", kind: "veth", peer: .of(40, 4), addresses: ["10.244.0.5/24"])
        watch.container("pod", in: 60)
        let identity = watch.who("10.244.0.5") { $0.behind = .of(1, 4) }
        #expect(identity.name == "pod")
        #expect(!identity.isForged)
        #expect(watch.who("172.17.0.2") { $0.behind = .of(1, 4) }.name == "a")
        // Seen inside the node, behind the pod's own veth.
        #expect(watch.who("10.244.0.5") { $0.behind = .of(40, 4) }.method == .interface)
    }

    @Test func whatCameInThroughTheInnerEndIsNotTheContainer() {
        let identity = host().who("172.17.0.3") { $0.behind = .of(40, 2) }
        #expect(identity.name == "b")
        #expect(identity.method == .journal)
    }

    @Test func aNamespaceWithoutAContainerIsSaidToBeThat() {
        let watch = host()
        watch.veth(6, to: 70, bridge: 3, addresses: "172.17.0.4/16")
        let identity = watch.who("172.17.0.4") { $0.behind = .of(1, 6) }
        #expect(identity.kind == .namespace)
        #expect(identity.namespace == NetworkNamespace(inode: 70))
        #expect(identity.container == nil)
    }

    @Test func aRouterWithoutAContainerPassesOnWhatOthersSend() {
        let watch = host()
        watch.veth(6, to: 70, addresses: "10.88.0.2/24")
        watch.link(.of(70, 3), "eth1", kind: "veth", addresses: ["10.99.0.1/24"])
        let identity = watch.who("10.99.0.7") { $0.behind = .of(1, 6) }
        #expect(identity.kind == .outside)
        #expect(!identity.isForged)
    }

    @Test func aMacvlanOfTheHostIsFoundByItsAddress() {
        let watch = host()
        watch.link(.of(1, 2), "eth0", addresses: ["192.168.1.10/24"])
        watch.link(
            .of(80, 2),
            "eth0",
            kind: "macvlan",
            peer: .of(1, 2),
            mac: 0x0242_0000_0080,
            addresses: ["192.168.1.50/24"]
        )
        watch.container("m", in: 80)
        #expect(watch.who("192.168.1.50") { $0.behind = .of(1, 2) }.name == "m")
        let byFrame = watch.who("192.168.1.50") { $0.hardwareAddress = MACAddress(bits: 0x0242_0000_0080) }
        #expect(byFrame.method == .segment)
        #expect(byFrame.confidence == .certain)
    }
}
