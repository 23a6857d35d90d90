import Addressing
import Support
import Testing
import Wire

@testable import Flows

@Suite("Updates of running flows")
struct UpdateTests {
    private static func configuration(
        every interval: Int64 = 60,
        starts: Bool = false,
        _ change: (inout FlowConfiguration) -> Void = { _ in }
    ) -> FlowConfiguration {
        var configuration = FlowConfiguration()
        configuration.reportsUpdates = true
        configuration.reportsStarts = starts
        configuration.updateInterval = interval
        change(&configuration)
        return configuration
    }

    @Test(
        arguments: [(1, [1, 2, 3, 4, 5, 6]), (2, [2, 4, 6]), (60, []), (0, [1, 2, 3, 4, 5, 6])] as [(Int64, [UInt64])]
    )
    func comeEveryInterval(interval: Int64, packets: [UInt64]) {
        let watch = FlowWatch(Self.configuration(every: interval))
        for second in Int64(10)...15 { watch.datagram(at: second, 500_000_000) }
        watch.advance(to: 16)
        #expect(watch.updated.map(\.packets) == packets)
    }

    @Test func saySomethingNewOrNothing() {
        let watch = FlowWatch(Self.configuration(every: 1))
        var conversation = TCPConversation()
        watch.converse("ShA", from: 100, &conversation)
        watch.advance(to: 150)
        #expect(watch.updated.last?.packets == 3)
        let told = watch.updated.count
        watch.see(conversation.frame("D"), at: 150, 1)
        watch.advance(to: 300)
        #expect(watch.updated.count == told + 1)
        #expect(watch.updated.last?.packets == 4)
        #expect(watch.ended.isEmpty)
    }

    /// What a start has told is not told again, until there is a second packet.
    @Test func leaveALonePacketToItsStart() {
        for (starts, told) in [(true, 0), (false, 1)] {
            let watch = FlowWatch(Self.configuration(every: 1, starts: starts) { $0.idle = 300 })
            watch.datagram(at: 10, 1)
            watch.advance(to: 100)
            #expect(watch.updated.count == told)
            watch.answer(at: 100, 1)
            watch.advance(to: 200)
            #expect(watch.updated.map(\.packets).last == 2)
            #expect(watch.updated.count == told + 1)
        }
    }

    @Test func leaveAPacketThatPassedSeveralPointsToItsStart() {
        let watch = FlowWatch(Self.configuration(every: 1, starts: true) { $0.idle = 300 })
        for interface in UInt32(0)..<3 { watch.datagram(at: 10, Int64(interface), interface: interface) }
        watch.advance(to: 100)
        #expect(watch.updated.isEmpty)
        // One more at another point is one more.
        watch.datagram(at: 100, 1, interface: 2)
        watch.advance(to: 200)
        #expect(watch.updated.count == 1)
    }

    @Test func doNotRepeatWhatTheEndOfACutRecordTold() {
        let watch = FlowWatch(
            Self.configuration(every: 10) {
                $0.active = 60; $0.tcpIdle = 10_000
            }
        )
        var conversation = TCPConversation()
        watch.converse("ShA", from: 0, &conversation)
        watch.see(conversation.frame("D"), at: 55)
        watch.advance(to: 100)
        #expect(watch.ended.map(\.endReason) == [.active])
        // The packet at 55 s stands in the record that was cut at 60 s.
        #expect(watch.updated.count == 1)
        watch.see(conversation.frame("a"), at: 101)
        watch.advance(to: 112)
        #expect(watch.updated.count == 2)
        #expect(watch.updated.last?.packets == 1)
    }

    @Test func comeOftenerAtOnceWhenAskedTo() {
        let watch = FlowWatch(Self.configuration(every: 60))
        for flow in UInt16(0)..<20 { watch.datagram(from: 40_000 + flow, at: 100, 1) }
        watch.advance(to: 103)
        watch.table.setDetail(FlowDetailLevel(updateInterval: 10, inspects: true))
        #expect(watch.updated.isEmpty)
        watch.advance(to: 108)
        // Not all at once.
        #expect((5...15).contains(watch.updated.count))
        watch.advance(to: 114)
        #expect(Set(watch.updated.map(\.sourcePort)).count == 20)
        #expect(watch.updated.count == 20)
        watch.advance(to: 161)
        #expect(watch.ended.count == 20)
        #expect(watch.ended.allSatisfy { $0.endReason == .idle })
    }

    @Test func areLeftOutAndComeBack() {
        let watch = FlowWatch(Self.configuration(every: 2))
        for second in Int64(0)..<20 {
            if second == 6 { watch.table.setDetail(FlowDetailLevel(updateInterval: nil, inspects: true)) }
            if second == 14 { watch.table.setDetail(FlowDetailLevel(updateInterval: 2, inspects: true)) }
            watch.datagram(at: second, 1)
        }
        #expect(watch.updated.map(\.packets) == [2, 4, 14, 16, 18])
        watch.advance(to: 79)
        #expect(watch.count == 1)
        watch.advance(to: 80)
        #expect(watch.ended.map(\.packets) == [20])
    }

    /// Frames of a banner and of a DNS answer.
    private func speak(_ watch: FlowWatch, _ port: UInt16, at second: Int64) {
        let banner = Array("SSH-2.0-x\r\n".utf8)
        watch.see(PacketBuilder.segment(from: .host(1), port, to: .host(2), 22, "PA", banner), at: second)
        let answer: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1]
        watch.see(PacketBuilder.datagram(from: .host(2), 53, to: .host(1), 50_000, answer), at: second)
    }

    @Test func payloadsAreNotLookedAtWhileTheyAreLeftOut() {
        let watch = FlowWatch()
        speak(watch, 40_000, at: 1)
        #expect(watch.resolutions == 1)
        watch.table.setDetail(FlowDetailLevel(updateInterval: nil, inspects: false))
        speak(watch, 40_001, at: 2)
        // Not of the flow that is known to speak DNS, either.
        #expect(watch.resolutions == 1)
        watch.table.setDetail(FlowDetailLevel(updateInterval: nil, inspects: true))
        speak(watch, 40_002, at: 3)
        #expect(watch.resolutions == 2)
        watch.finish()
        let protocols = watch.ended.filter { $0.protocolNumber == 6 }.map(\.applicationProtocol)
        #expect(protocols == [.ssh, .unknown, .ssh])
    }

    @Test func allFlowsEndForAReasonThatIsGiven() {
        let watch = FlowWatch()
        watch.datagram(at: 1)
        var conversation = TCPConversation()
        watch.converse("ShADadFfA", from: 1, &conversation)
        watch.table.finish(as: .forced, sink: watch)
        // What was over by itself says so.
        #expect(watch.ended.map(\.endReason) == [.forced, .fin])
    }
}
