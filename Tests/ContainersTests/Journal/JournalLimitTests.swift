import Addressing
import Containers
import Testing

@Suite("Limits of the journal")
struct JournalLimitTests {
    private func limits(_ change: (inout JournalLimits) -> Void) -> JournalLimits {
        var limits = JournalLimits()
        change(&limits)
        return limits
    }

    @Test func whatClosedLongestAgoMakesRoom() {
        let watch = JournalWatch(limits: limits { $0.containers = 3 })
        for (number, name) in ["a", "b", "c", "d"].enumerated() {
            watch.time += 10_000
            watch.veth(UInt32(number + 4), to: UInt64(number + 40), addresses: "10.0.0.\(number + 1)/24")
            watch.container(name, in: UInt64(number + 40))
            if name != "b" { watch.end(name) }
        }
        #expect(watch.journal.forgotten > 0)
        #expect(watch.journal.refused == 0)
        #expect(watch.who("10.0.0.2").name == "b")
        #expect(watch.who("10.0.0.1", after: -30_000).container == nil)
        #expect(watch.who("10.0.0.4", after: 0).name == "d")
    }

    @Test func whereAllIsOpenTheNewOneIsRefused() {
        let watch = JournalWatch(limits: limits { $0.addresses = 2 })
        watch.link(.of(1, 3), "eth0", addresses: ["10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/24"])
        #expect(watch.journal.refused == 1)
        #expect(watch.who("10.0.0.2").kind == .host)
        #expect(watch.who("10.0.0.3").kind == .outside)
        watch.apply(.addressGone(.of(1, 3), .text("10.0.0.1")))
        watch.address(.of(1, 3), "10.0.0.3/24")
        #expect(watch.who("10.0.0.3").kind == .host)
    }

    @Test func aNamespaceGetsItsShareAndNoMore() {
        let watch = JournalWatch(
            limits: limits { limits in
                limits.addressesOfInterface = 2
                limits.interfacesOfNamespace = 2
                limits.listenersOfNamespace = 2
            }
        )
        for index in UInt32(2)...4 { watch.link(.of(40, index), "eth\(index)", addresses: ["10.0.\(index).1/24"]) }
        #expect(watch.journal.refused == 1)
        for number in 2...3 { watch.address(.of(40, 2), "10.0.2.\(number)/24") }
        #expect(watch.journal.refused == 2)
        for port in UInt16(1)...3 { watch.apply(.listener(watch.listener(port, in: 40, cgroup: nil))) }
        #expect(watch.journal.refused == 3)
        // One that is closed gives its place back.
        watch.apply(.listenerClosed(watch.listener(1, in: 40, cgroup: nil)))
        watch.apply(.listener(watch.listener(3, in: 40, cgroup: nil)))
        #expect(watch.journal.refused == 3)
        // The host's own share is all there is.
        for index in UInt32(2)...9 { watch.link(.of(1, index), "eth\(index)") }
        #expect(watch.journal.refused == 3)
    }

    @Test func anAddressThatChangesHandsWithoutEndKeepsTheLatest() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "eth0")
        for _ in 0..<1000 {
            watch.time += 10
            watch.address(.of(1, 3), "10.0.0.1/24")
            watch.time += 10
            watch.apply(.addressGone(.of(1, 3), .text("10.0.0.1")))
        }
        #expect(watch.journal.forgotten == 1000 - 256)
        #expect(watch.who("10.0.0.1", after: -5).kind == .host)
        #expect(watch.who("10.0.0.1", after: -19_500).kind == .outside)
    }

    /// Every kind of entry, over and over, from few names: closing what is not open, opening twice, ends before beginnings.
    @Test(arguments: 0..<8) func noOrderOfEntriesHarmsIt(seed: UInt64) {
        var limits = JournalLimits()
        limits.containers = 4
        limits.interfaces = 6
        limits.addresses = 6
        limits.listeners = 4
        limits.sockets = 4
        limits.socketsOfNamespace = 2
        limits.translations = 3
        limits.remotes = 3
        limits.retention = .seconds(20)
        let watch = JournalWatch(limits: limits)
        var random = Numbers(state: seed)
        for _ in 0..<5000 {
            watch.time += Int64(random.next(400)) - 20
            watch.apply(random.change())
            #expect(watch.journal.count < 60)
            if random.next(50) == 0 { _ = watch.journal.scopeChanges() }
            let question = random.question(at: watch.time)
            let identity = watch.journal.identify(question)
            #expect(identity.confidence == .ambiguous || identity.candidates.isEmpty)
        }
        #expect(watch.journal.forgotten > 0)
        // With time everything that closed goes, and what is open can be closed.
        for inode in 0..<4 { watch.apply(.namespaceGone(NetworkNamespace(inode: UInt64(inode)))) }
        for name in ["a", "b"] { for generation in 1...3 { watch.end(name, generation: UInt32(generation)) } }
        watch.journal.advance(to: .milliseconds(watch.time + 60_000))
        #expect(watch.journal.count == 0)
    }
}
