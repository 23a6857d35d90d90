import Addressing
import Support
import Testing

@testable import Flows

@Suite("Observation points")
struct ObservationPointTests {
    @Test func countForTheirFlowOnce() {
        let watch = FlowWatch()
        for second in Int64(0)..<4 {
            watch.datagram(at: second, 0, interface: 0)
            watch.datagram(at: second, 10, interface: 1)
            watch.datagram(at: second, 20, interface: 2)
        }
        watch.answer(at: 4, interface: 0)
        watch.finish()
        #expect(watch.ended.count == 1)
        #expect(watch.ended.map(\.sourcePackets) == [4])
        #expect(watch.ended.map(\.destinationPackets) == [1])
        #expect(watch.paths == [watch.paths[0].sorted { $0.point < $1.point }])
        #expect(watch.paths[0].map(\.packets) == [5, 4, 4])
        #expect(watch.paths[0].map(\.bytes) == [140, 112, 112])
    }

    @Test func thatSawMostGiveTheRecordItsCounters() {
        let watch = FlowWatch()
        watch.datagram(at: 0, 0, interface: 0)
        for nanosecond in Int64(1)...3 { watch.datagram(at: 0, nanosecond, interface: 1) }
        watch.answer(at: 0, 4, interface: 1)
        watch.finish()
        #expect(watch.ended.map(\.point) == [0])
        #expect(watch.ended.map(\.sourcePackets) == [3])
        #expect(watch.ended.map(\.destinationPackets) == [1])
        #expect(watch.paths[0].map(\.packets) == [1, 4])
        #expect(watch.ended.map(\.gain.packets) == [4])
    }

    @Test func countToTheLastPacketAnyOfThemSaw() {
        let watch = FlowWatch()
        watch.datagram(at: 0, interface: 0)
        watch.datagram(at: 0, 500, interface: 1)
        watch.finish()
        #expect(watch.ended.map(\.last.nanoseconds) == [500])
        #expect(watch.ended.map(\.duration) == [500])
    }

    @Test func takeOverWhenTheFirstWasSilentForASecond() {
        let watch = FlowWatch()
        watch.datagram(at: 0, interface: 0)
        watch.datagram(at: 0, 999_999_999, interface: 1)
        watch.datagram(at: 1, interface: 1)
        watch.answer(at: 1, 1, interface: 1)
        watch.finish()
        #expect(watch.ended.map(\.point) == [1])
        #expect(watch.ended.map(\.history) == ["Dd"])
        #expect(watch.paths[0].map(\.point) == [1, 0])
        #expect(watch.paths[0].map(\.packets) == [3, 1])
    }

    @Test func doNotTakeOverBeforeThat() {
        let watch = FlowWatch()
        watch.datagram(at: 0, interface: 0)
        watch.datagram(at: 0, 999_999_999, interface: 1)
        watch.finish()
        #expect(watch.ended.map(\.point) == [0])
    }

    @Test func takeOverOnce() {
        let watch = FlowWatch()
        for (second, interface) in [(0, 0), (2, 1), (4, 0), (6, 2), (8, 1)] as [(Int64, UInt32)] {
            watch.datagram(at: second, interface: interface)
        }
        watch.finish()
        #expect(watch.ended.map(\.point) == [1])
        #expect(watch.paths[0].map(\.point) == [1, 0, 2])
        #expect(watch.paths[0].map(\.packets) == [2, 2, 1])
    }

    @Test func doNotSeeRetransmissionsInWhatAnotherSaw() {
        let watch = FlowWatch()
        var conversation = TCPConversation()
        for (index, letter) in "ShADaDaDadAFfA".enumerated() {
            let frame = conversation.frame(letter)
            watch.see(frame, at: 0, Int64(index) * 1000, interface: 0)
            watch.see(frame, at: 0, Int64(index) * 1000 + 1, interface: 1)
        }
        watch.finish()
        #expect(watch.ended.map(\.history) == ["ShADadFf"])
        #expect(watch.paths[0].map(\.packets) == [14, 14])
    }

    @Test func doNotSeeGapsInWhatTheFirstSawAfterTheyTookOver() {
        let watch = FlowWatch()
        var conversation = TCPConversation()
        for letter in "ShADa" { watch.see(conversation.frame(letter), at: 0, interface: 0) }
        // Two bursts that only the first saw and we know nothing of.
        _ = conversation.frame("D")
        _ = conversation.frame("d")
        for letter in "DadA" { watch.see(conversation.frame(letter), at: 5, interface: 1) }
        watch.finish()
        #expect(watch.ended.map(\.point) == [1])
        #expect(watch.ended.map(\.history) == ["ShADad"])
    }

    @Test func beyondTheBoundCountAtTheLast() {
        let watch = FlowWatch()
        for interface in UInt32(0)..<40 { watch.datagram(at: 0, interface: interface) }
        watch.finish()
        #expect(watch.paths[0].count == Aside.limit + 1)
        #expect(watch.paths[0].map(\.packets).reduce(0, +) == 40)
        #expect(watch.paths[0].last?.packets == 10)
    }

    @Test func keepAFlowAliveWhileTheFirstIsSilent() {
        let watch = FlowWatch()
        watch.datagram(at: 0, interface: 0)
        watch.datagram(at: 2, interface: 1)
        for second in stride(from: Int64(50), through: 200, by: 50) { watch.datagram(at: second, interface: 0) }
        watch.advance(to: 249)
        #expect(watch.count == 1)
        watch.advance(to: 260)
        #expect(watch.ended.map(\.packets) == [5])
    }

    @Test func restartTheirFlowTogether() {
        let watch = FlowWatch()
        for second in Int64(0)..<2 {
            var conversation = TCPConversation()
            for letter in "ShADadFf" {
                let frame = conversation.frame(letter)
                watch.see(frame, at: second, interface: 0)
                watch.see(frame, at: second, 1, interface: 1)
            }
        }
        watch.finish()
        #expect(watch.ended.map(\.packets) == [8, 8])
        #expect(watch.paths.map { $0.map(\.packets) } == [[8, 8], [8, 8]])
    }

    @Test func areDescribedByTheirCapture() {
        let watch = FlowWatch()
        watch.describe(1, as: ObservationPoint(interface: "eth0", timestampDigits: 6))
        watch.datagram(at: 0, interface: 1)
        watch.datagram(from: 41_000, at: 0, interface: 7)
        watch.finish()
        #expect(watch.table.book.point(0).interface == "eth0")
        #expect(watch.table.book.point(0).timestampDigits == 6)
        #expect(watch.table.book.point(1) == ObservationPoint())
    }

    @Test func areTheInterfacesThatFramesThemselvesName() {
        var table = PointTable()
        table.describe(interface: 0, as: ObservationPoint(interface: "any", timestampDigits: 6))
        #expect(table.number(interface: 0, index: 5) == 0)
        #expect(table.number(interface: 0, index: 0) == 1)
        #expect(table.number(interface: 0, index: 5) == 0)
        #expect(table.points.map(\.interface) == [nil, "any"])
        #expect(table.points.map(\.interfaceIndex) == [5, nil])
        #expect(table.points.map(\.timestampDigits) == [6, 6])
    }

    @Test func areDescribedByIndexBeforeTheirFirstFrame() {
        let watch = FlowWatch()
        let packet = PacketBuilder.ip(PacketBuilder.udp(from: 40_000, to: 9), 17, from: .host(1), to: .host(2))
        let blue = ObservationPoint(interface: "veth1", interfaceIndex: 5, namespace: 7)
        watch.table.describe(interface: 0, index: 5, as: blue, in: .namespace(7))
        watch.seeCooked(packet, at: 0, index: 5, outgoing: false)
        watch.table.release(interface: 0, index: 5, at: Timestamp(nanoseconds: 1))
        watch.seeCooked(packet, at: 1, index: 5, outgoing: false)
        watch.finish()
        #expect(watch.scopes == [.namespace(7), .bare])
        #expect(watch.table.book.point(0) == blue)
        #expect(watch.table.book.point(1).interfaceIndex == 5)
        #expect(watch.table.book.point(1).interface == nil)
    }

    @Test func thatAreGoneLendTheirNumberAfterARest() {
        var table = PointTable()
        let limit = UInt32(PointTable.limit)
        for index in 1...limit { _ = table.number(interface: 0, index: index) }
        #expect(table.release(interface: 0, index: 9, at: 0) == 8)
        #expect(table.release(interface: 0, index: 9, at: 0) == nil)
        // Nothing has rested long enough: the newcomer shares the last number.
        #expect(table.number(interface: 0, index: limit + 1) == UInt16(limit - 1))
        #expect(table.release(interface: 0, index: 10, at: 3_700_000_000_000) == 9)
        #expect(table.number(interface: 0, index: limit + 2) == 8)
    }

    @Test func sayWhichEndIsBeyondThem() {
        let watch = FlowWatch()
        let request = PacketBuilder.ip(PacketBuilder.udp(from: 40_000, to: 9), 17, from: .host(2), to: .host(1))
        let answer = PacketBuilder.ip(PacketBuilder.udp(from: 9, to: 40_000), 17, from: .host(1), to: .host(2))
        watch.seeCooked(request, at: 0, 0, index: 3, outgoing: false)
        watch.seeCooked(request, at: 0, 1, index: 4, outgoing: true)
        watch.seeCooked(answer, at: 0, 2, index: 4, outgoing: false)
        watch.seeCooked(answer, at: 0, 3, index: 5, outgoing: true)
        watch.datagram(from: 9, to: 40_000, at: 0, 4, interface: 1)
        watch.finish()
        let flow = watch.ended[0]
        #expect(flow.source == .host(2))
        // The requester is beyond 3 and 5, who answers beyond 4; an Ethernet frame does not say.
        #expect(watch.paths[0].map { flow.isSource($0.beyond) } == [true, false, true, nil])
    }

    @Test func beyondTheirTableAreOne() {
        var table = PointTable()
        let limit = UInt32(PointTable.limit)
        for index in 1...limit + 5 { _ = table.number(interface: 0, index: index) }
        #expect(table.points.count == PointTable.limit)
        #expect(table.number(interface: 0, index: limit + 3) == UInt16(limit - 1))
        #expect(table.number(interface: 0, index: 1) == 0)
    }
}
