import Support
import Testing

@testable import Flows

@Suite("Counters near their end")
struct CounterLimitTests {
    private func history(low: UInt32, high: UInt32, packets: Int) -> [UInt64] {
        let watch = FlowWatch()
        watch.datagram(at: 0)
        watch.alter {
            $0.lowPackets = low
            $0.highPackets = high
        }
        for _ in 0..<packets { watch.datagram(at: 1) }
        watch.finish()
        return watch.ended.map(\.packets)
    }

    @Test(arguments: [UInt32.max, UInt32.max - 1, UInt32.max - 2])
    func cutTheRecordBeforeTheyOverflow(start: UInt32) {
        let records = history(low: start, high: 0, packets: 10)
        #expect(records.count == 2)
        #expect(records.reduce(0, +) == UInt64(start) + 10)
        let others = history(low: 5, high: start, packets: 10)
        #expect(others.count == 2)
        #expect(others.reduce(0, +) == UInt64(start) + 15)
    }

    @Test func areLeftAloneBeforeThat() {
        #expect(history(low: 1 << 30, high: 1 << 30, packets: 10) == [1 << 31 + 10])
    }

    @Test func cutTheRecordOfAConnectionWithoutForgettingIt() {
        let watch = FlowWatch()
        var conversation = TCPConversation()
        watch.converse("ShADad", from: 0, &conversation)
        watch.alter { $0.lowPackets = .max }
        watch.converse("DaFfA", from: 1, &conversation)
        watch.finish()
        #expect(watch.ended.map(\.endReason) == [.active, .fin])
        #expect(watch.ended.map(\.connectionState) == [.s1, .sf])
        #expect(watch.ended.map(\.history) == ["ShADad", "DaFfA"])
        #expect(watch.ended.map(\.source) == [.host(1), .host(1)])
    }

    /// What another point counted does not fit: the first stays, silent as it is.
    @Test func keepAPointFromTakingOver() {
        let watch = FlowWatch()
        watch.datagram(at: 0, interface: 0)
        watch.datagram(at: 0, 1, interface: 1)
        watch.datagram(at: 5, interface: 1)
        watch.finish()
        #expect(watch.ended.map(\.point) == [1])
        let count = PointCount(point: 3, at: 0)
        #expect(count.packets == 0)
    }
}
