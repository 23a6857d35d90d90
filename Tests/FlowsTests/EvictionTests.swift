import Support
import Testing

@testable import Flows

@Suite("A full flow table")
struct EvictionTests {
    private func watch(_ capacity: Int) -> FlowWatch {
        var configuration = FlowConfiguration()
        configuration.capacity = capacity
        return FlowWatch(configuration)
    }

    @Test(arguments: [1, 2, 4, 7, 64])
    func evictsOneForEachThatComes(capacity: Int) {
        let watch = watch(capacity)
        for number in 0..<UInt16(capacity * 3) { watch.datagram(from: 40_000 + number, at: 0, Int64(number)) }
        #expect(watch.count == capacity)
        #expect(watch.counters.evicted == UInt64(capacity * 2))
        #expect(watch.ended.allSatisfy { $0.endReason == .evicted })
        watch.finish()
        #expect(watch.ended.reduce(0) { $0 + $1.packets } == UInt64(capacity * 3))
        #expect(Set(watch.ended.map(\.identifier)).count == capacity * 3)
    }

    @Test func evictsWhoWouldHaveEndedNext() {
        let watch = watch(4)
        for number in UInt16(0)..<4 { watch.datagram(from: 40_000 + number, at: Int64(number)) }
        // The first was heard of again; the second is the oldest now.
        watch.datagram(from: 40_000, at: 5)
        watch.datagram(from: 50_000, at: 6)
        watch.datagram(from: 50_001, at: 7)
        #expect(watch.ended.map(\.sourcePort) == [40_001, 40_002])
    }

    @Test func evictsClosedConnectionsBeforeThoseUnderWay() {
        let watch = watch(4)
        for port in UInt16(1)...4 {
            var conversation = TCPConversation(from: .host(1), 40_000 + port)
            watch.converse(port == 3 ? "ShADadFf" : "ShADad", from: 0, &conversation)
        }
        watch.datagram(at: 1)
        #expect(watch.ended.map(\.sourcePort) == [40_003])
        #expect(watch.ended.map(\.endReason) == [.evicted])
    }

    @Test func countsFamiliesApart() {
        let watch = watch(2)
        for number in UInt16(0)..<2 {
            watch.datagram(from: 40_000 + number, at: 0)
            watch.see(PacketBuilder.datagram(from: .host6(1), 40_000 + number, to: .host6(2), 9), at: 0)
        }
        #expect(watch.count == 4)
        #expect(watch.counters.evicted == 0)
    }

    @Test func evictsTheSameFlowsWhateverTheSeed() {
        let ports = (0..<3).map { _ in
            let watch = watch(16)
            var random = SplitMix(5)
            for second in Int64(0)..<500 {
                watch.datagram(from: UInt16(40_000 + random.next() % 40), at: second / 4, second)
            }
            return watch.ended.map(\.sourcePort)
        }
        #expect(ports[0].count > 100)
        #expect(ports[0] == ports[1])
        #expect(ports[1] == ports[2])
    }
}
