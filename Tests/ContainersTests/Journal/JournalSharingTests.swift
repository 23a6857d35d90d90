import Addressing
import Containers
import Testing

@Suite("Shared namespaces")
struct JournalSharingTests {
    /// A pod of a sandbox and two containers; their control groups are 1, 2 and 3.
    private func pod() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "cni0", kind: "bridge", addresses: ["10.244.0.1/24"])
        watch.veth(4, to: 40, bridge: 3, addresses: "10.244.0.5/24")
        watch.container("app", in: 40, cgroup: 2)
        watch.container("pause", in: 40, cgroup: 1) { $0.isSandbox = true }
        watch.container("sidecar", in: 40, cgroup: 3)
        return watch
    }

    @Test func allAreCandidatesAndTheSandboxIsTheOwner() {
        let identity = pod().who("10.244.0.5") { $0.behind = .of(1, 4) }
        #expect(identity.confidence == .ambiguous)
        #expect(identity.name == "pause")
        #expect(identity.candidates.map(\.identifier) == ["pause", "app", "sidecar"])
        #expect(identity.method == .interface)
    }

    @Test func theContainerThatOthersJoinedIsTheOwner() {
        let watch = JournalWatch()
        watch.veth(4, to: 40, addresses: "172.17.0.2/16")
        watch.container("s1", in: 40) { $0.networkOf = "u2" }
        watch.time += 10
        watch.container("u2", in: 40)
        let identity = watch.who("172.17.0.2")
        #expect(identity.name == "u2")
        #expect(identity.candidates.map(\.identifier) == ["u2", "s1"])
    }

    @Test func ofThoseFoundAtOneMomentTheOneThatBeganFirstIsTheOwner() {
        for order in [["a", "b"], ["b", "a"]] {
            let watch = JournalWatch()
            watch.veth(4, to: 40, addresses: "172.17.0.2/16")
            for name in order {
                var container = Container(key: ContainerKey(identifier: name, generation: 1))
                container.namespace = NetworkNamespace(inode: 40)
                container.started = .milliseconds(name == "b" ? 500 : 900)
                watch.apply(.container(container))
                watch.time += 1
            }
            #expect(watch.who("172.17.0.2").candidates.map(\.identifier) == ["b", "a"])
        }
    }

    @Test func whoJoinsShortlyAfterMayHaveSentItAlready() {
        let watch = JournalWatch()
        watch.time += 60_000
        watch.veth(4, to: 40, addresses: "172.17.0.2/16")
        watch.container("u2", in: 40)
        watch.time += 10_000
        watch.container("s1", in: 40) { $0.networkOf = "u2" }
        #expect(watch.who("172.17.0.2", after: -2001).confidence == .certain)
        #expect(watch.who("172.17.0.2", after: -2000).candidates.map(\.identifier) == ["u2", "s1"])
        #expect(watch.who("172.17.0.2", after: -2000).name == "u2")
    }

    @Test func whoGetsTheNumberOfANamespaceThatIsGoneDidNotJoin() {
        let watch = JournalWatch()
        watch.time += 60_000
        watch.container("before", in: 40)
        watch.veth(4, to: 40, addresses: "172.17.0.2/16")
        watch.time += 10_000
        watch.end("before")
        watch.time += 500
        watch.container("after", in: 40)
        let identity = watch.who("172.17.0.2", after: -1000)
        #expect(identity.name == "before")
        #expect(identity.candidates.isEmpty)
        #expect(watch.who("172.17.0.2", after: -300).name == "after")
    }

    @Test func theSocketThatListensDecides() {
        let watch = pod()
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: 2)))
        watch.apply(.listener(watch.listener(80, in: 40, at: "10.244.0.5", cgroup: 3)))
        watch.apply(.listener(watch.listener(81, in: 40, at: "127.0.0.1", cgroup: 3)))
        func who(_ port: UInt16, isServer: Bool = true) -> Identity {
            watch.who("10.244.0.5") { question in
                question.port = port
                question.protocolNumber = 6
                question.isServer = isServer
            }
        }
        // The one at the very address goes before the one at all.
        #expect(who(80).name == "sidecar")
        #expect(who(80).method == .socket)
        #expect(who(80).confidence == .certain)
        #expect(who(80).candidates.isEmpty)
        #expect(who(80).process?.name == "server")
        #expect(who(81).confidence == .ambiguous)
        #expect(who(80, isServer: false).confidence == .ambiguous)
        watch.apply(.listenerClosed(watch.listener(80, in: 40, at: "10.244.0.5", cgroup: 3)))
        watch.time += 1
        #expect(who(80).name == "app")
    }

    @Test func aSocketOfIPv6TakesIPv4AndNotTheReverse() {
        let watch = pod()
        watch.address(.of(40, 2), "fd00::5/64")
        watch.apply(.listener(watch.listener(80, in: 40, at: "::", cgroup: 2)))
        watch.apply(.listener(watch.listener(90, in: 40, at: "0.0.0.0", cgroup: 2)))
        func who(_ address: String, _ port: UInt16) -> String? {
            watch.who(address) { question in
                question.port = port
                question.protocolNumber = 6
                question.isServer = true
            }.name
        }
        #expect(who("10.244.0.5", 80) == "app")
        #expect(who("fd00::5", 80) == "app")
        #expect(who("10.244.0.5", 90) == "app")
        #expect(who("fd00::5", 90) == "pause")
    }

    @Test func twoThatShareAPortAreNotToldApart() {
        let watch = pod()
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: 2)))
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: 3)))
        let identity = watch.who("10.244.0.5") { question in
            question.port = 80
            question.protocolNumber = 6
            question.isServer = true
        }
        #expect(identity.confidence == .ambiguous)
    }

    @Test func aListenerFoundByALaterLookIsLikely() {
        let watch = pod()
        let before = watch.time
        watch.time += 55_000
        watch.apply(.listener(watch.listener(80, in: 40, cgroup: 2)))
        let identity = watch.who("10.244.0.5", after: before - watch.time) { question in
            question.port = 80
            question.protocolNumber = 6
            question.isServer = true
        }
        #expect(identity.name == "app")
        #expect(identity.confidence == .likely)
    }

    @Test func theSocketOfAClientDecidesWhenTheKernelToldIt() {
        let identity = pod().who("10.244.0.5") { $0.cgroupIdentifier = 3 }
        #expect(identity.name == "sidecar")
        #expect(identity.method == .socket)
        #expect(identity.confidence == .certain)
    }

    @Test func oneContainerAloneIsCertainWithoutASocket() {
        let watch = pod()
        watch.time += 10_000
        watch.end("pause")
        watch.end("sidecar")
        watch.time += 10
        let identity = watch.who("10.244.0.5")
        #expect(identity.name == "app")
        #expect(identity.confidence == .certain)
    }

    @Test func theHostAndThoseThatShareItsNetworkAreNotToldApart() {
        let watch = pod()
        watch.link(.of(1, 2), "eth0", addresses: ["192.168.1.10/24"])
        #expect(watch.who("192.168.1.10").kind == .host)
        #expect(watch.who("192.168.1.10").confidence == .certain)
        watch.container("proxy", in: 1, cgroup: 9) { $0.usesHostNetwork = true }
        let identity = watch.who("192.168.1.10")
        #expect(identity.kind == .host)
        #expect(identity.container == nil)
        #expect(identity.confidence == .ambiguous)
        #expect(identity.candidates.map(\.identifier) == ["proxy"])
        watch.apply(.listener(watch.listener(8080, in: 1, cgroup: 9)))
        watch.apply(.listener(watch.listener(22, in: 1, cgroup: 77)))
        func server(_ port: UInt16) -> Identity {
            watch.who("192.168.1.10") { question in
                question.port = port
                question.protocolNumber = 6
                question.isServer = true
            }
        }
        #expect(server(8080).name == "proxy")
        #expect(server(8080).kind == .container)
        // A control group of no container: a process of the host itself.
        #expect(server(22).kind == .host)
        #expect(server(22).confidence == .certain)
        #expect(server(22).method == .socket)
    }
}
