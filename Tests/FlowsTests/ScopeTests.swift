import Addressing
import Support
import Testing

@testable import Flows

@Suite("Scopes")
struct ScopeTests {
    private static let frame = PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9)

    private static func tagged(_ vlans: [UInt16]) -> [UInt8] {
        PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9, vlans: vlans)
    }

    @Test func keepTheSameAddressesInTwoSegmentsApart() {
        let watch = FlowWatch()
        for frame in [Self.frame, PacketBuilder.vxlan(Self.frame, 42), PacketBuilder.vxlan(Self.frame, 43)] {
            watch.see(frame, at: 0)
            watch.see(frame, at: 1)
        }
        watch.finish()
        #expect(watch.ended.map(\.packets) == [2, 2, 2])
        #expect(watch.scopes == [.bare, .segment(identifier: 42, vlan: 0), .segment(identifier: 43, vlan: 0)])
        #expect(watch.tunnels.map { $0?.identifier } == [nil, 42, 43])
    }

    @Test func ofSegmentZeroAreNotBare() {
        let watch = FlowWatch()
        watch.see(Self.frame, at: 0)
        watch.see(PacketBuilder.vxlan(Self.frame, 0), at: 0)
        watch.finish()
        #expect(watch.scopes == [.bare, .segment(identifier: 0, vlan: 0)])
    }

    @Test func areVLANsToo() {
        let watch = FlowWatch()
        let frames = [Self.tagged([]), Self.tagged([10]), Self.tagged([10, 20]), Self.tagged([20])]
        for frame in frames { watch.see(frame, at: 0) }
        // A priority tag names no network.
        watch.see(Self.tagged([0]), at: 0)
        watch.see(PacketBuilder.vxlan(Self.tagged([10]), 42), at: 0)
        watch.finish()
        #expect(
            watch.scopes == [
                .bare, .vlan(10), .vlan(10 << 12 | 20), .vlan(20), .segment(identifier: 42, vlan: 10),
            ]
        )
        #expect(watch.ended.map(\.packets) == [2, 1, 1, 1, 1])
    }

    @Test func areWhatWhoeverKnowsBetterSays() {
        let watch = FlowWatch()
        watch.see(Self.frame, at: 0, interface: 0)
        watch.assign(point: 1, segment: nil, to: .namespace(7))
        watch.assign(point: 1, segment: 42, to: .namespace(7))
        watch.see(Self.frame, at: 0, interface: 1)
        watch.see(PacketBuilder.vxlan(Self.frame, 42), at: 0, interface: 1)
        // The same elsewhere is as before.
        watch.see(Self.frame, at: 0, interface: 0)
        watch.see(PacketBuilder.vxlan(Self.frame, 42), at: 0, interface: 0)
        watch.finish()
        #expect(watch.scopes == [.bare, .namespace(7), .segment(identifier: 42, vlan: 0)])
        #expect(watch.ended.map(\.packets) == [2, 2, 1])
    }

    @Test func ofASegmentMayBeSaidForAllPoints() {
        let watch = FlowWatch()
        // Seen before anybody knew, a memory of the place must not outlive the word.
        watch.see(PacketBuilder.vxlan(Self.frame, 7), at: 0, interface: 0)
        watch.table.assign(segment: 7, to: .bare)
        for interface in UInt32(0)...1 { watch.see(PacketBuilder.vxlan(Self.frame, 7), at: 1, interface: interface) }
        watch.see(Self.frame, at: 1, interface: 2)
        watch.table.assign(segment: 7, to: nil)
        watch.see(PacketBuilder.vxlan(Self.frame, 7), at: 1, interface: 1)
        watch.finish()
        #expect(watch.scopes == [.segment(identifier: 7, vlan: 0), .bare])
        #expect(watch.paths.map { $0.map(\.packets) } == [[1, 1], [1, 1, 1]])
    }

    @Test func ofFlowsUnderWayStayWhatTheyWere() {
        let watch = FlowWatch()
        watch.see(Self.frame, at: 0)
        watch.assign(point: 0, segment: nil, to: .namespace(7))
        watch.see(Self.frame, at: 1)
        watch.finish()
        #expect(watch.scopes == [.bare, .namespace(7)])
    }

    @Test func areNumberedAsTheyCome() {
        var map = ScopeMap()
        #expect(map.scope(point: 0, segment: 0, vlan: 0) == 0)
        #expect(map.scope(point: 0, segment: 0x0100_0007, vlan: 0) == 1)
        #expect(map.scope(point: 0, segment: 0, vlan: 7) == 2)
        #expect(map.scope(point: 9, segment: 0x0100_0007, vlan: 0) == 1)
        #expect(map.scopes.map(\.name) == [.bare, .segment(identifier: 7, vlan: 0), .vlan(7)])
    }

    @Test func beyondTheBoundShareTheLast() {
        var map = ScopeMap()
        let limit = UInt32(ScopeMap.limit)
        for number in 0..<limit + 10 {
            _ = map.scope(point: 0, segment: 0x0100_0000 | number & 0xff_ffff, vlan: 0)
        }
        #expect(map.scopes.count == ScopeMap.limit)
        #expect(map.overflows == 11)
        #expect(map.scope(point: 0, segment: 0x0100_0000, vlan: 99) == limit - 1)
        // What was there before is still found.
        #expect(map.scope(point: 0, segment: 0x0100_0005, vlan: 0) == 6)
    }

    /// One conversation in very many segments: with the scope outside the index's hash this would take time squared.
    @Test func ofOneConversationInVeryManySegmentsStayApart() {
        let watch = FlowWatch()
        let count = 20_000
        for segment in 0..<count { watch.see(PacketBuilder.vxlan(Self.frame, UInt32(segment)), at: 0) }
        watch.finish()
        #expect(watch.ended.count == count)
        #expect(watch.ended.allSatisfy { $0.packets == 1 })
    }
}
