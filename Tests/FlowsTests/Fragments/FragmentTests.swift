import Addressing
import Support
import Testing

@testable import Flows

@Suite("Fragments")
struct FragmentTests {
    private func flows(_ frames: [[UInt8]]) -> FlowWatch {
        let watch = FlowWatch()
        for frame in frames { watch.see(frame, at: 0) }
        watch.finish()
        return watch
    }

    @Test(arguments: [
        [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
    ])
    func countForTheirDatagramInAnyOrder(order: [Int]) {
        let frames = [Fragments.first, Fragments.middle, Fragments.later]
        let watch = flows(order.map { frames[$0] })
        #expect(watch.ended.map(\.packets) == [3])
        #expect(watch.ended.map(\.bytes) == [100])
        #expect(watch.ended.map(\.sourcePort) == [40_000])
        #expect(watch.ended.map(\.destinationPort) == [53])
        #expect(watch.counters.orphanedFragments == 0)
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func ofIPv6CountForTheirDatagramInAnyOrder(order: [Int]) {
        let frames = [Fragments.fragment6(0..<16), Fragments.fragment6(16..<40)]
        let watch = flows(order.map { frames[$0] })
        #expect(watch.ended.map(\.packets) == [2])
        #expect(watch.ended.map(\.sourcePort) == [40_000])
    }

    @Test func withTheSameIdentifierInBothDirectionsStayApart() {
        let back = PacketBuilder.udp([UInt8](repeating: 0, count: 32), from: 40_001, to: 40_002)
        let watch = flows([
            Fragments.fragment(16..<40, from: 2, to: 1, of: back),
            Fragments.fragment(16..<40),
            Fragments.first,
            Fragments.fragment(0..<16, from: 2, to: 1, of: back),
        ])
        #expect(watch.ended.map(\.packets) == [2, 2])
        #expect(watch.ended.map(\.sourcePort) == [40_000, 40_001])
    }

    @Test func withAnotherIdentifierAreOfAnotherDatagram() {
        let watch = flows([Fragments.first, Fragments.fragment(16..<40, identification: 2)])
        #expect(watch.ended.map(\.packets) == [1, 1])
        #expect(watch.counters.orphanedFragments == 1)
    }

    @Test func ofICMPNeedNoPorts() {
        let ping = PacketBuilder.icmp(type: 8, [UInt8](repeating: 0, count: 36))
        let watch = flows([
            Fragments.fragment(16..<40, of: ping, protocolNumber: 1),
            Fragments.fragment(0..<16, of: ping, protocolNumber: 1),
        ])
        #expect(watch.ended.map(\.packets) == [2])
    }

    @Test func withoutAFirstOneCountWithoutPortsWhenTheirTimeIsOver() {
        let watch = FlowWatch()
        watch.see(Fragments.middle, at: 100, 5)
        watch.see(Fragments.later, at: 110)
        #expect(watch.count == 0)
        watch.advance(to: 130, 999_999_999)
        #expect(watch.count == 0)
        watch.advance(to: 131)
        #expect(watch.count == 1)
        #expect(watch.counters.orphanedFragments == 2)
        watch.advance(to: 1000)
        #expect(watch.ended.map(\.packets) == [2])
        #expect(watch.ended.map(\.sourcePort) == [0])
        #expect(watch.ended.map(\.first.seconds) == [131])
    }

    @Test func thatComeAfterTheirTimeBelongToNobody() {
        let watch = FlowWatch()
        watch.see(Fragments.first, at: 0)
        watch.see(Fragments.later, at: 29, 999_999_999)
        watch.see(Fragments.later, at: 31)
        watch.finish()
        #expect(watch.ended.map(\.packets) == [2, 1])
        #expect(watch.counters.orphanedFragments == 1)
    }

    @Test func beyondTheBoundAreCountedWithoutPorts() {
        let watch = FlowWatch()
        for number in 0..<(FragmentTable.limit + 10) {
            watch.see(Fragments.fragment(16..<40, identification: UInt16(number)), at: 0)
        }
        #expect(watch.counters.fragmentOverflows == 10)
        watch.finish()
        #expect(watch.ended.map(\.packets) == [UInt64(FragmentTable.limit + 10)])
    }

    @Test func ofOneDatagramAreNotHeldWithoutBound() {
        let watch = FlowWatch()
        for _ in 0..<(FragmentTable.heldLimit + 10) { watch.see(Fragments.middle, at: 0) }
        #expect(watch.counters.fragmentOverflows == 10)
        watch.see(Fragments.first, at: 1)
        // Room again.
        watch.see(Fragments.fragment(16..<32, identification: 9), at: 1)
        #expect(watch.counters.fragmentOverflows == 10)
        watch.finish()
        #expect(watch.ended.reduce(0) { $0 + $1.packets } == UInt64(FragmentTable.heldLimit + 12))
    }

    @Test func betweenOneAddressAndItselfFindTheirPorts() {
        let watch = flows([
            Fragments.fragment(16..<40, from: 1, to: 1), Fragments.fragment(0..<16, from: 1, to: 1),
        ])
        #expect(watch.ended.map(\.packets) == [2])
    }

    @Test func inTwoScopesStayApart() {
        let watch = flows([
            PacketBuilder.vxlan(Fragments.first, 42), PacketBuilder.vxlan(Fragments.fragment(16..<40), 43),
        ])
        #expect(watch.ended.map(\.packets) == [1, 1])
        #expect(watch.counters.orphanedFragments == 1)
    }
}
