import Addressing
import Testing

@testable import Containers

@Suite("Links of all namespaces")
struct LinkTableTests {
    private static let home = NetworkNamespace(inode: 1)
    private static let pod = NetworkNamespace(inode: 2)
    private static let hidden = NetworkNamespace(inode: 3)

    private static func link(
        _ index: UInt32,
        _ name: String,
        kind: String? = "veth",
        peer: UInt32? = nil,
        in number: Int32? = nil
    ) -> ToldLink {
        var link = ToldLink(index: index, name: name)
        link.kind = kind
        link.peer = peer
        link.peerNamespace = number
        return link
    }

    private static func key(_ namespace: NetworkNamespace, _ index: UInt32) -> InterfaceKey {
        InterfaceKey(namespace: namespace, index: index)
    }

    /// Other ends by interface, as told last.
    private static func peers(_ changes: [JournalEntry.Change]) -> [InterfaceKey: InterfaceKey?] {
        var peers: [InterfaceKey: InterfaceKey?] = [:]
        for case .interface(let interface) in changes { peers[interface.key] = .some(interface.peer) }
        return peers
    }

    @Test func findBothEndsOfAVethWhenTheNamespaceIsNumbered() {
        var table = LinkTable(home: Self.home)
        var changes = table.add(Self.link(7, "veth1", peer: 2, in: 0), in: Self.home)
        #expect(Self.peers(changes) == [Self.key(Self.home, 7): nil])
        changes = table.name(0, Self.pod) + table.add(Self.link(2, "eth0", peer: 7, in: 5), in: Self.pod)
        #expect(
            Self.peers(changes) == [
                Self.key(Self.home, 7): Self.key(Self.pod, 2), Self.key(Self.pod, 2): Self.key(Self.home, 7),
            ]
        )
    }

    @Test func doNotMixPodsWhoseInterfacesHaveOneNumber() {
        var table = LinkTable(home: Self.home)
        let other = NetworkNamespace(inode: 4)
        _ = table.name(0, Self.pod)
        _ = table.name(1, other)
        var changes: [JournalEntry.Change] = []
        for (index, number, namespace) in [(7, 0, Self.pod), (9, 1, other)] as [(UInt32, Int32, NetworkNamespace)] {
            changes += table.add(Self.link(index, "veth\(index)", peer: 2, in: number), in: Self.home)
            changes += table.add(Self.link(2, "eth0", peer: index, in: 0), in: namespace)
        }
        let peers = Self.peers(changes)
        #expect(peers[Self.key(Self.pod, 2)] == Self.key(Self.home, 7))
        #expect(peers[Self.key(other, 2)] == Self.key(Self.home, 9))
        #expect(peers[Self.key(Self.home, 9)] == Self.key(other, 2))
    }

    @Test func findEndsBetweenTwoNamespacesThatAreNotHome() {
        var table = LinkTable(home: Self.home)
        var changes = table.add(Self.link(11, "eth0", peer: 12, in: 1), in: Self.pod)
        changes += table.add(Self.link(12, "veth0", peer: 11, in: 3), in: Self.hidden)
        let peers = Self.peers(changes)
        #expect(peers[Self.key(Self.pod, 11)] == Self.key(Self.hidden, 12))
        #expect(peers[Self.key(Self.hidden, 12)] == Self.key(Self.pod, 11))
    }

    @Test func sayNothingWhereTwoEndsWouldDo() {
        var table = LinkTable(home: Self.home)
        let other = NetworkNamespace(inode: 4)
        for namespace in [Self.hidden, other] {
            _ = table.add(Self.link(12, "veth0", peer: 11, in: 3), in: namespace)
        }
        #expect(
            Self.peers(table.add(Self.link(11, "eth0", peer: 12, in: 1), in: Self.pod)) == [Self.key(Self.pod, 11): nil]
        )
    }

    @Test func knowWhatAMacvlanStandsOn() {
        var table = LinkTable(home: Self.home)
        _ = table.add(Self.link(2, "eth0", kind: nil), in: Self.home)
        let changes = table.add(Self.link(9, "eth0", kind: "macvlan", peer: 2, in: 0), in: Self.pod)
        #expect(Self.peers(changes) == [Self.key(Self.pod, 9): Self.key(Self.home, 2)])
    }

    @Test func tellNothingTwice() {
        var table = LinkTable(home: Self.home)
        #expect(table.add(Self.link(2, "eth0"), in: Self.home).count == 1)
        #expect(table.add(Self.link(2, "eth0"), in: Self.home) == [])
        #expect(table.add(Self.link(2, "wan0"), in: Self.home).count == 1)
        let address = IPAddress.v4(IPv4Address(bits: 1))
        #expect(table.add(address, prefixLength: 24, on: 2, in: Self.home).count == 1)
        #expect(table.add(address, prefixLength: 24, on: 2, in: Self.home) == [])
        #expect(table.remove(address, on: 2, in: Self.home).count == 1)
        #expect(table.remove(address, on: 2, in: Self.home) == [])
    }

    @Test func endTheOtherEndWithItsLink() {
        var table = LinkTable(home: Self.home)
        _ = table.name(0, Self.pod)
        _ = table.add(Self.link(7, "veth1", peer: 2, in: 0), in: Self.home)
        _ = table.add(Self.link(2, "eth0", peer: 7, in: 5), in: Self.pod)
        let changes = table.remove(7, in: Self.home)
        #expect(changes.first == .interfaceGone(Self.key(Self.home, 7)))
        #expect(Self.peers(changes)[Self.key(Self.pod, 2)] == .some(nil))
        #expect(table.remove(7, in: Self.home) == [])
    }

    @Test func closeWhatAFreshLookDoesNotShow() {
        var table = LinkTable(home: Self.home)
        let (first, second) = (IPAddress.v4(IPv4Address(bits: 1)), IPAddress.v4(IPv4Address(bits: 2)))
        _ = table.replace(
            Self.home,
            links: [Self.link(1, "lo", kind: nil), Self.link(2, "eth0", kind: nil)],
            addresses: [(2, first, 24), (1, second, 8)]
        )
        let changes = table.replace(Self.home, links: [Self.link(1, "lo", kind: nil)], addresses: [(1, first, 8)])
        #expect(
            changes == [
                .interfaceGone(Self.key(Self.home, 2)), .addressGone(Self.key(Self.home, 1), second),
                .address(Self.key(Self.home, 1), first, prefixLength: 8),
            ]
        )
    }

    @Test func forgetANamespaceWithAllThatWasInIt() {
        var table = LinkTable(home: Self.home)
        _ = table.name(0, Self.pod)
        _ = table.add(Self.link(2, "eth0", peer: 7, in: 5), in: Self.pod)
        #expect(table.knows(Self.pod))
        #expect(table.forget(Self.pod) == [.namespaceGone(Self.pod)])
        #expect(table.forget(Self.pod) == [])
        #expect(table.namespace(numbered: 0) == nil)
        #expect(table.known == [])
    }

    @Test func haveABound() {
        var table = LinkTable(home: Self.home)
        for index in 1...UInt32(LinkTable.limit) + 3 { _ = table.add(Self.link(index, "x", kind: nil), in: Self.home) }
        #expect(table.refused == 3)
        _ = table.remove(1, in: Self.home)
        #expect(table.add(Self.link(70_000, "y", kind: nil), in: Self.home).count == 1)
    }
}
