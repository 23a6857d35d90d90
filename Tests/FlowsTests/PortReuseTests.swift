import Addressing
import Support
import Testing

@testable import Flows

@Suite("Ports used again")
struct PortReuseTests {
    @Test func beginANewFlowByANewSYN() {
        let watch = FlowWatch()
        watch.converse("ShADadFfA", from: 0)
        watch.converse("ShADadR", from: 1)
        watch.converse("S", from: 2)
        watch.finish()
        #expect(watch.ended.map(\.history) == ["ShADadFf", "ShADadR", "S"])
        #expect(watch.ended.map(\.endReason) == [.fin, .rst, .captureEnd])
        #expect(watch.ended.map(\.packets) == [9, 7, 1])
        #expect(Set(watch.ended.map(\.identifier)).count == 3)
        #expect(watch.ended.map(\.first.seconds) == [0, 1, 2])
    }

    @Test(arguments: ["ShADad", "S", "ShADadF"])
    func doNotEndAFlowThatIsUnderWay(letters: String) {
        let watch = FlowWatch()
        watch.converse(letters, from: 0)
        watch.converse("S", from: 1)
        watch.finish()
        #expect(watch.ended.count == 1)
    }

    @Test func doNotBeginAFlowByASYNACK() {
        let watch = FlowWatch()
        watch.converse("ShADadFf", from: 0)
        var conversation = TCPConversation()
        watch.see(conversation.frame("h"), at: 1)
        watch.finish()
        #expect(watch.ended.count == 1)
    }

    /// The other end may be who connects now.
    @Test func turnTheFlowAround() {
        let watch = FlowWatch()
        watch.converse("ShADadFf", from: 0)
        watch.see(PacketBuilder.segment(from: .host(2), 80, to: .host(1), 40_000, "S"), at: 1)
        watch.finish()
        #expect(watch.ended.map(\.source) == [.host(1), .host(2)])
        #expect(watch.ended.map(\.connectionState) == [.sf, .s0])
    }

    @Test func findTheNewFlowUnderTheOldKey() {
        let watch = FlowWatch()
        for second in Int64(0)..<5 { watch.converse("ShADadFfA", from: second) }
        #expect(watch.count == 1)
        watch.advance(to: 20)
        #expect(watch.count == 0)
        #expect(watch.ended.map(\.packets) == [9, 9, 9, 9, 9])
    }

    @Test func giveNumbersOfEndedFlowsToNewOnes() {
        var configuration = FlowConfiguration()
        configuration.capacity = 8
        let watch = FlowWatch(configuration)
        for second in Int64(0)..<50 {
            watch.datagram(from: UInt16(40_000 + second), at: second * 100)
        }
        watch.finish()
        #expect(watch.counters.evicted == 0)
        #expect(watch.ended.map(\.packets) == [UInt64](repeating: 1, count: 50))
    }
}
