import Addressing
import Testing

@testable import Containers

@Suite("What is open in the journal")
struct StandingTests {
    private func filled() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["10.0.0.1/24"])
        watch.veth(7, to: 2, bridge: 3, mac: 0x0200_0000_0002, addresses: "10.0.0.2/24", "fe80::2/64")
        watch.veth(8, to: 3, bridge: 3, addresses: "10.0.0.3/24")
        watch.link(.of(1, 9), "vx9", kind: "vxlan", master: 3, vni: 42)
        watch.apply(.remote(.of(1, 9), MACAddress(bits: 0x0200_0000_0099), endpoint: .text("192.0.2.9")))
        watch.link(.of(1, 10), "vx10", kind: "vxlan", vni: 43)
        watch.apply(.remote(.of(1, 10), MACAddress(bits: 0), endpoint: .text("192.0.2.10")))
        watch.container("web", in: 2, generation: 3, cgroup: 77)
        watch.container("db", in: 3)
        watch.apply(.listener(watch.listener(80, in: 2, cgroup: 77)))
        watch.apply(.listener(watch.listener(22, in: 1, cgroup: nil)))
        return watch
    }

    @Test func fillsAnotherJournalWithTheSame() {
        let watch = filled()
        let standing = watch.journal.standing
        var other = IdentityJournal()
        for change in standing { other.apply(JournalEntry(time: .milliseconds(5), change: change)) }
        #expect(other.standing == standing)
        #expect(other.count == watch.journal.count)
        #expect(other.scopeChanges() == watch.journal.scopeChanges())
        #expect(other.hostName == "node-a")
        let question = IdentityQuestion(address: .text("10.0.0.2"), time: .milliseconds(6))
        #expect(other.identify(question).container?.key == ContainerKey(identifier: "web", generation: 3))
    }

    @Test func leavesOutWhatHasClosed() {
        let watch = filled()
        let before = watch.journal.standing.count
        watch.end("db")
        watch.apply(.listenerClosed(watch.listener(22, in: 1, cgroup: nil)))
        watch.apply(.remoteGone(.of(1, 9), MACAddress(bits: 0x0200_0000_0099)))
        #expect(watch.journal.standing.count == before - 3)
        // Two ends and an address.
        watch.apply(.interfaceGone(.of(1, 8)))
        watch.apply(.namespaceGone(NetworkNamespace(inode: 3)))
        #expect(watch.journal.standing.count == before - 6)
    }

    @Test func isNothingOfAnEmptyJournal() {
        #expect(IdentityJournal().standing.isEmpty)
    }
}
