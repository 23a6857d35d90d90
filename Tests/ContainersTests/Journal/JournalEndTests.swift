import Addressing
import Containers
import Testing

/// A container's last moments, as a kernel tells of them: most of what it sent is told of when all of this is over.
@Suite("Identity of what has ended")
struct JournalEndTests {
    private static let near = InterfaceKey.of(1, 4)
    private static let far = InterfaceKey.of(40, 2)

    private func host() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.time += 60_000
        return watch
    }

    /// One that lived for ten seconds. The veth's ends lose each other first, then go; the namespace goes with them.
    private func end(_ watch: JournalWatch, _ name: String, near: InterfaceKey = near) {
        watch.time += 10_000
        watch.end(name)
        watch.time += 2
        watch.link(near, "veth\(near.index)", kind: "veth", master: 3)
        watch.link(Self.far, "eth0", kind: "veth")
        watch.time += 2
        watch.apply(.interfaceGone(near))
        watch.apply(.namespaceGone(Self.far.namespace))
    }

    private func ended() -> JournalWatch {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        end(watch, "a")
        return watch
    }

    @Test func isKnownByTheVethThatItHad() {
        let watch = ended()
        watch.time += 5000
        let identity = watch.who("172.17.0.2", after: -10_000) { $0.behind = Self.near }
        #expect(identity.name == "a")
        #expect(identity.method == .interface)
        #expect(identity.confidence == .certain)
        #expect(watch.journal.way(beyond: Self.near, at: .milliseconds(watch.time - 10_000)) == .user)
    }

    @Test func aVethThatHasLostItsOtherEndLeadsNowhereAnyMore() {
        let watch = ended()
        #expect(watch.journal.way(beyond: Self.near, at: .milliseconds(watch.time)) == .elsewhere)
        #expect(watch.who("172.17.0.2", after: -1) { $0.behind = Self.near }.method != .interface)
    }

    @Test func aVethThatFindsItsOtherEndAgainLeadsThere() {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("b", in: 50)
        watch.link(Self.near, "veth4", kind: "veth", master: 3)
        watch.time += 100
        // Moved to another namespace: until that is known, nobody's.
        #expect(watch.who("172.17.0.2") { $0.behind = Self.near }.method != .interface)
        watch.link(Self.near, "veth4", kind: "veth", peer: .of(50, 2), master: 3)
        #expect(watch.who("172.17.0.9") { $0.behind = Self.near }.name == "b")
    }

    @Test func theAddressStaysInItsNetwork() {
        let watch = ended()
        let identity = watch.who("172.17.0.2", after: -5000)
        #expect(identity.name == "a")
        #expect(identity.method == .journal)
        #expect(watch.who("172.17.0.2", after: -5000) { $0.scope = .namespace(Self.far.namespace) }.name == nil)
    }

    @Test func aForgeryStaysOne() {
        let identity = ended().who("172.17.0.77", after: -5000) { $0.behind = Self.near }
        #expect(identity.name == "a")
        #expect(identity.isForged)
    }

    @Test func whoPassedOnForOthersIsNotAccusedAfterwards() {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.link(.of(40, 9), "wg0", kind: "wireguard", addresses: ["10.9.0.1/24"])
        watch.container("a", in: 40)
        end(watch, "a")
        let identity = watch.who("10.9.0.7", after: -5000) { $0.behind = Self.near }
        #expect(identity.name == "a")
        #expect(!identity.isForged)
    }

    @Test func theNextInANamespaceOfTheSameNumberIsAnother() {
        let watch = host()
        // Of the first nobody saw a process.
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        end(watch, "a")
        watch.time += 20
        watch.veth(5, to: 40, bridge: 3, addresses: "172.17.0.3/16")
        watch.container("b", in: 40)
        let first = watch.who("172.17.0.2", after: -30) { $0.behind = Self.near }
        #expect(first.kind == .namespace)
        #expect(first.name == nil)
        #expect(watch.who("172.17.0.2", after: -30).name == nil)
        #expect(watch.who("172.17.0.3", after: -1) { $0.behind = .of(1, 5) }.name == "b")
    }

    @Test func theOneBeforeInANamespaceOfTheSameNumberIsAnother() {
        let watch = ended()
        watch.time += 20
        // Of the second no process has been seen yet.
        watch.veth(5, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.time += 5
        let second = watch.who("172.17.0.2") { $0.behind = .of(1, 5) }
        #expect(second.kind == .namespace)
        #expect(second.name == nil)
        #expect(watch.who("172.17.0.2").name == nil)
    }
}
