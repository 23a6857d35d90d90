import Addressing
import Containers
import Testing

@Suite("Sockets that were asked for")
struct JournalSocketTests {
    /// The host with an address, a container on its network in control group 9, and a pod of two in groups 2 and 3.
    private func host() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 2), "eth0", addresses: ["192.168.1.10/24"])
        watch.link(.of(1, 3), "cni0", kind: "bridge", addresses: ["10.244.0.1/24"])
        watch.veth(4, to: 40, bridge: 3, addresses: "10.244.0.5/24")
        watch.container("app", in: 40, cgroup: 2)
        watch.container("sidecar", in: 40, cgroup: 3)
        watch.time += 60_000
        return watch
    }

    private func told(
        _ watch: JournalWatch,
        _ local: String,
        in namespace: UInt64 = 1,
        cgroup: UInt64? = nil,
        container: String? = nil,
        process: Int32? = 12
    ) {
        let key = SocketKey(
            namespace: NetworkNamespace(inode: namespace),
            protocolNumber: 6,
            local: Translation.End(address: .text(local), port: 5000),
            remote: Translation.End(address: .text("10.9.9.9"), port: 443)
        )
        var socket = ConnectionSocket(key: key, since: .milliseconds(watch.time))
        socket.cgroupIdentifier = cgroup
        socket.container = container.map { ContainerKey(identifier: $0, generation: 1) }
        socket.process = process.map { SocketProcess(identifier: $0, name: "curl") }
        watch.apply(.socket(socket))
    }

    private func who(_ watch: JournalWatch, _ local: String, port: UInt16 = 5000, after delay: Int64 = 0) -> Identity {
        watch.who(local, after: delay) { question in
            question.protocolNumber = 6
            question.port = port
            question.peer = Translation.End(address: .text("10.9.9.9"), port: 443)
        }
    }

    @Test func aProcessOfTheHostIsNamed() {
        let watch = host()
        told(watch, "192.168.1.10", cgroup: 1)
        let identity = who(watch, "192.168.1.10")
        #expect(identity.kind == .host && identity.method == .socket && identity.confidence == .certain)
        #expect(identity.process?.identifier == 12 && identity.container == nil)
        #expect(who(watch, "192.168.1.10", port: 5001).process == nil)
    }

    @Test func itIsTheHostsAlsoUnderTheAddressOfABridge() {
        let watch = host()
        #expect(who(watch, "10.244.0.1").kind == .gateway)
        told(watch, "10.244.0.1")
        #expect(who(watch, "10.244.0.1").kind == .host)
    }

    @Test func ofAnotherConnectionNothingIsSaid() {
        let watch = host()
        told(watch, "192.168.1.10")
        #expect(who(watch, "192.168.1.10", after: 1000).process == nil)
        #expect(who(watch, "192.168.1.10", after: 1000).method == .journal)
        #expect(who(watch, "192.168.1.10", after: -1000).process == nil)
    }

    @Test func theGroupTellsTheContainerOnTheHostsNetwork() {
        let watch = host()
        watch.container("proxy", in: 1, cgroup: 9) { $0.usesHostNetwork = true }
        watch.time += 60_000
        #expect(who(watch, "192.168.1.10").confidence == .ambiguous)
        told(watch, "192.168.1.10", cgroup: 9)
        #expect(who(watch, "192.168.1.10").name == "proxy")
        #expect(who(watch, "192.168.1.10").kind == .container)
        #expect(who(watch, "192.168.1.10").process?.name == "curl")
        watch.time += 1000
        told(watch, "192.168.1.10", cgroup: 77)
        #expect(who(watch, "192.168.1.10").kind == .host)
        #expect(who(watch, "192.168.1.10").confidence == .certain)
    }

    @Test func aGroupBelowTheContainersOwnIsTheContainersToo() {
        let watch = host()
        watch.container("node", in: 1, cgroup: 9)
        watch.time += 60_000
        told(watch, "192.168.1.10", cgroup: 90, container: "node")
        #expect(who(watch, "192.168.1.10").name == "node")
    }

    @Test func whoSharesAPodIsToldApart() {
        let watch = host()
        #expect(who(watch, "10.244.0.5").confidence == .ambiguous)
        told(watch, "10.244.0.5", in: 40, cgroup: 3, process: nil)
        let identity = who(watch, "10.244.0.5")
        #expect(identity.name == "sidecar" && identity.confidence == .certain && identity.candidates.isEmpty)
        #expect(identity.process == nil)
        watch.time += 1000
        // Whoever else has opened a socket there is none of them.
        told(watch, "10.244.0.5", in: 40, cgroup: 77)
        #expect(who(watch, "10.244.0.5").confidence == .ambiguous)
    }

    @Test func theSocketOfTheConnectionGoesBeforeWhoListens() {
        let watch = host()
        watch.apply(.listener(watch.listener(5000, in: 1, cgroup: 1)))
        told(watch, "192.168.1.10", process: 13)
        let identity = watch.who("192.168.1.10") { question in
            question.protocolNumber = 6
            question.port = 5000
            question.isServer = true
            question.peer = Translation.End(address: .text("10.9.9.9"), port: 443)
        }
        #expect(identity.process?.identifier == 13)
    }
}
