import Addressing
import Support
import Testing

@testable import Flows

@Suite("Packet time")
struct PacketTimeTests {
    /// Some flows of all kinds, their packets mixed, over ten minutes.
    private static let traffic: [(frame: [UInt8], nanosecond: Int64)] = {
        var random = SplitMix(11)
        var conversations = (0..<20).map { TCPConversation(from: .host($0 + 3), 40_000) }
        let letters = Array("SSShAADDadWTFfRr")
        return (0..<600).map { index in
            let number = Int(random.next() % 24)
            let nanosecond = Int64(index) * 1_000_000_000 + Int64(random.next() % 1_000_000_000)
            if number < 20 {
                let letter = letters[Int(random.next() % UInt64(letters.count))]
                return (conversations[number].frame(letter), nanosecond)
            }
            return (PacketBuilder.datagram(from: .host6(1), 40_000, to: .host6(2), UInt16(number)), nanosecond)
        }
    }()

    private func records(_ watch: FlowWatch) -> [String] {
        watch.ended.map { flow in
            "\(flow.identifier) \(flow.source) \(flow.first.nanoseconds) \(flow.last.nanoseconds) \(flow.history)"
                + " \(flow.packets) \(flow.endReason?.rawValue ?? "")"
        }
    }

    /// Whether somebody advances the time between packets or only packets do must not be seen.
    @Test(arguments: [Int64(1_000_000_000), 333_333_333, 77_000_000_001])
    func isTheSameWhoeverAdvancesIt(step: Int64) {
        let plain = FlowWatch()
        let advanced = FlowWatch()
        var next: Int64 = 0
        for (frame, nanosecond) in Self.traffic {
            plain.see(frame, at: Timestamp(nanoseconds: nanosecond))
            while next <= nanosecond {
                advanced.advance(to: 0, next)
                next += step
            }
            advanced.see(frame, at: Timestamp(nanoseconds: nanosecond))
        }
        plain.advance(to: 100_000)
        for second in stride(from: Int64(600), through: 100_000, by: 100) { advanced.advance(to: second) }
        #expect(records(plain).count > 30)
        #expect(records(plain) == records(advanced))
        #expect(plain.count == 0)
    }

    @Test func neverRunsBack() {
        let watch = FlowWatch()
        watch.datagram(at: 100)
        watch.datagram(at: 50)
        watch.datagram(at: 99, 999_999_999)
        watch.datagram(at: 100)
        watch.datagram(from: 41_000, at: 10)
        watch.finish()
        #expect(watch.counters.late == 3)
        let moment = Timestamp(nanoseconds: 100_000_000_000)
        #expect(watch.ended.allSatisfy { $0.first == moment && $0.last == moment })
        #expect(watch.ended.map(\.packets) == [4, 1])
    }

    @Test func isNotMovedBackByWhoAdvancesIt() {
        let watch = FlowWatch()
        watch.datagram(at: 100)
        watch.advance(to: 90)
        watch.datagram(at: 95)
        #expect(watch.table.time == Timestamp(nanoseconds: 100_000_000_000))
        #expect(watch.counters.late == 1)
    }

    @Test func isUnknownBeforeTheFirstPacket() {
        #expect(FlowWatch().table.time == nil)
    }

    @Test func endsFlowsOfBothFamiliesInTheOrderTheyBegan() {
        let watch = FlowWatch()
        for number in UInt16(1)...6 {
            let isIPv6 = number % 2 == 0
            watch.see(
                PacketBuilder.datagram(
                    from: isIPv6 ? .host6(1) : .host(1),
                    40_000 + number,
                    to: isIPv6 ? .host6(2) : .host(2),
                    9
                ),
                at: 0
            )
        }
        watch.finish()
        #expect(watch.ended.map(\.sourcePort) == Array(40_001...40_006))
        #expect(watch.ended.allSatisfy { $0.endReason == .captureEnd })
    }

    private static let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, -9_223_372_036_000_000_000]

    /// A capture file may claim any time, and an offset of its own on top.
    @Test(arguments: extremes, extremes)
    func mayLieAtAnyOfItsEnds(first: Int64, second: Int64) {
        var configuration = FlowConfiguration()
        configuration.reportsUpdates = true
        let watch = FlowWatch(configuration)
        var conversation = TCPConversation()
        let inner = PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9)
        for time in [first, second, first] {
            let time = Timestamp(nanoseconds: time)
            watch.see(inner, at: time)
            watch.see(inner, at: time, interface: 1)
            watch.see(PacketBuilder.vxlan(inner, 42), at: time)
            watch.see(Fragments.later, at: time)
            for letter in "ShADadFfA" { watch.see(conversation.frame(letter), at: time) }
        }
        watch.advance(to: 9_223_372_036)
        watch.finish()
        #expect(watch.ended.reduce(0) { $0 + $1.packets } >= 12)
        #expect(watch.ended.allSatisfy { $0.first <= $0.last })
    }

    @Test func endsAFlowAfterTheLongestSilenceThereIs() {
        let watch = FlowWatch()
        watch.see(PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9), at: Timestamp(nanoseconds: .min))
        watch.see(PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9), at: Timestamp(nanoseconds: .max))
        watch.finish()
        #expect(watch.ended.map(\.endReason) == [.idle, .captureEnd])
        #expect(watch.ended.map(\.packets) == [1, 1])
    }
}
