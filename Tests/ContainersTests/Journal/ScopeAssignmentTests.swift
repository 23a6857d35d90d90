import Addressing
import Containers
import Testing

@Suite("Scopes from the topology")
struct ScopeAssignmentTests {
    private func segment(_ identifier: UInt32) -> ScopeName { .segment(identifier: identifier, vlan: 0) }

    /// All that is assigned, by place.
    private func assigned(_ watch: JournalWatch) -> [ScopeAssignment.Place: ScopeName] {
        let changes = watch.journal.scopeChanges()
        return Dictionary(changes.map { ($0.place, $0.scope) }, uniquingKeysWith: { $1 })
    }

    @Test func whatTheHostRoutesForIsBare() {
        let watch = JournalWatch()
        watch.link(.of(1, 1), "lo")
        watch.link(.of(1, 2), "eth0", addresses: ["192.168.1.10/24"])
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        // Routed to each pod without a bridge, as CNI's ptp does it.
        watch.veth(5, to: 50, addresses: "10.244.0.2/32")
        watch.link(.of(60, 2), "eth0", kind: "macvlan", peer: .of(1, 2))
        #expect(assigned(watch).isEmpty)
    }

    @Test func anOverlayThatIsRoutedBelongsToTheHost() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "cni0", kind: "bridge", addresses: ["10.244.0.1/24"])
        watch.link(.of(1, 4), "flannel.1", kind: "vxlan", vni: 1, addresses: ["10.244.0.0/32"])
        #expect(assigned(watch) == [.segment(1): .bare])
    }

    @Test func aBridgeWithoutAnAddressIsTheSegmentOfItsOverlay() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "br-l2", kind: "bridge", addresses: ["fe80::1/64"])
        watch.link(.of(1, 4), "vx42", kind: "vxlan", master: 3, vni: 42)
        watch.veth(5, to: 50, bridge: 3, addresses: "10.0.0.2/24")
        let places: [InterfaceKey] = [.of(1, 3), .of(1, 4), .of(1, 5), .of(50, 2)]
        #expect(assigned(watch) == Dictionary(uniqueKeysWithValues: places.map { (.interface($0), segment(42)) }))
        // The segment's own name needs no word.
        #expect(ScopeAssignment.Place.segment(42).unassigned == segment(42))
    }

    @Test func aBridgeWithNeitherIsASpaceOfItsOwn() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "br0", kind: "bridge")
        watch.veth(5, to: 50, bridge: 3)
        let scope = ScopeName.device(.of(1, 3))
        #expect(
            assigned(watch) == [
                .interface(.of(1, 3)): scope, .interface(.of(1, 5)): scope, .interface(.of(50, 2)): scope,
            ]
        )
    }

    @Test func aVRFIsASpaceOfItsOwnWithItsBridges() {
        let watch = JournalWatch()
        watch.link(.of(1, 9), "blue", kind: "vrf")
        watch.link(.of(1, 3), "br0", kind: "bridge", master: 9, addresses: ["10.0.0.1/24"])
        watch.veth(5, to: 50, bridge: 3, addresses: "10.0.0.2/24")
        let found = assigned(watch)
        #expect(found[.interface(.of(50, 2))] == .device(.of(1, 9)))
        #expect(found[.interface(.of(1, 3))] == .device(.of(1, 9)))
    }

    @Test func aHiddenOverlayNamespaceIsItsSegment() {
        let watch = JournalWatch()
        watch.link(.of(70, 2), "br0", kind: "bridge", addresses: ["10.0.1.1/24"])
        watch.link(.of(70, 3), "vxlan0", kind: "vxlan", master: 2, vni: 4097)
        watch.link(.of(70, 4), "veth0", kind: "veth", peer: .of(40, 2), master: 2)
        watch.link(.of(40, 2), "eth0", kind: "veth", peer: .of(70, 4), addresses: ["10.0.1.3/24"])
        watch.container("task", in: 40)
        let found = assigned(watch)
        for key in [InterfaceKey.of(70, 2), .of(70, 3), .of(70, 4), .of(40, 2)] {
            #expect(found[.interface(key)] == segment(4097))
        }
        #expect(found[.segment(4097)] == nil)
        #expect(watch.who("10.0.1.3") { $0.scope = segment(4097) }.name == "task")
        #expect(watch.who("10.0.1.1") { $0.scope = segment(4097) }.kind == .gateway)
        #expect(
            watch.who("10.0.1.3") { question in
                question.scope = segment(4097)
                question.behind = .of(70, 4)
            }.method == .interface
        )
    }

    @Test func whereItRoutesBetweenSeveralTheLowestNamesThem() {
        let watch = JournalWatch()
        for (index, vni) in [(UInt32(2), UInt32(4098)), (4, 4097)] {
            watch.link(.of(70, index), "br\(index)", kind: "bridge", addresses: ["10.0.\(index).1/24"])
            watch.link(.of(70, index + 1), "vxlan\(index)", kind: "vxlan", master: index, vni: vni)
        }
        let found = assigned(watch)
        #expect(found[.interface(.of(70, 2))] == segment(4097))
        #expect(found[.segment(4098)] == segment(4097))
    }

    @Test func aContainerWithABridgeIsANodeNotAHiddenOverlay() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "kind", kind: "bridge", addresses: ["172.18.0.1/16"])
        watch.veth(4, to: 40, bridge: 3, addresses: "172.18.0.2/16")
        watch.container("kind-node", in: 40)
        watch.link(.of(40, 3), "cni0", kind: "bridge", addresses: ["10.244.0.1/24"])
        watch.link(.of(40, 4), "flannel.1", kind: "vxlan", vni: 1, addresses: ["10.244.0.0/32"])
        watch.link(.of(40, 5), "veth5", kind: "veth", peer: .of(60, 2), master: 3)
        watch.link(.of(60, 2), "eth0", kind: "veth", peer: .of(40, 5), addresses: ["10.244.0.7/24"])
        let found = assigned(watch)
        let node = ScopeName.namespace(NetworkNamespace(inode: 40))
        #expect(found[.interface(.of(60, 2))] == node)
        #expect(found[.interface(.of(40, 3))] == node)
        #expect(found[.interface(.of(40, 2))] == nil)
        #expect(found[.segment(1)] == node)
    }

    @Test func twoDevicesThatDisagreeLeaveTheSegmentToItself() {
        let watch = JournalWatch()
        watch.link(.of(1, 4), "flannel.1", kind: "vxlan", vni: 1, addresses: ["10.244.0.0/32"])
        #expect(assigned(watch)[.segment(1)] == .bare)
        watch.link(.of(1, 3), "br0", kind: "bridge")
        watch.link(.of(1, 5), "other", kind: "vxlan", master: 3, vni: 1)
        #expect(assigned(watch)[.segment(1)] == segment(1))
    }

    @Test func tellsOnlyWhatChangedAndInOrder() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "br0", kind: "bridge")
        watch.veth(4, to: 40, bridge: 3)
        #expect(watch.journal.scopeChanges().map(\.place) == [.of(1, 3), .of(1, 4), .of(40, 2)].map { .interface($0) })
        #expect(watch.journal.scopeChanges().isEmpty)
        watch.address(.of(40, 2), "10.0.0.2/24")
        #expect(watch.journal.scopeChanges().isEmpty)
        // With an address the bridge is routed for.
        watch.address(.of(1, 3), "10.0.0.1/24")
        let changes = watch.journal.scopeChanges()
        #expect(changes.map(\.scope) == [.bare, .bare, .bare])
        watch.apply(.addressGone(.of(1, 3), .text("10.0.0.1")))
        #expect(watch.journal.scopeChanges().count == 3)
        watch.apply(.interfaceGone(.of(40, 2)))
        #expect(
            watch.journal.scopeChanges() == [ScopeAssignment(place: .interface(.of(40, 2)), scope: .bare)]
        )
    }

    @Test func aLoopThatCannotBeDoesNoHarm() {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "a", kind: "bridge", master: 4)
        watch.link(.of(1, 4), "b", kind: "bridge", master: 3)
        watch.link(.of(50, 2), "c", kind: "macvlan", peer: .of(60, 2))
        watch.link(.of(60, 2), "d", kind: "macvlan", peer: .of(50, 2))
        #expect(assigned(watch)[.interface(.of(1, 3))] == nil)
        #expect(watch.who("10.0.0.1") { $0.behind = .of(50, 2) }.kind == .outside)
    }
}
