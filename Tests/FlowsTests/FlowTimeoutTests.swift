import Addressing
import Support
import Testing

@testable import Flows

@Suite("Time-outs of flows")
struct FlowTimeoutTests {
    /// A flow whose last packet passes at 100 s and `late` nanoseconds, and how many flows there are when `end` has come.
    private func isOver(
        _ letters: String,
        late: Int64,
        at end: Int64,
        _ nanosecond: Int64 = 0
    ) -> Bool {
        let watch = FlowWatch()
        var conversation = TCPConversation()
        for letter in letters { watch.see(conversation.frame(letter), at: 100, late) }
        watch.advance(to: end, nanosecond)
        return watch.count == 0
    }

    @Test(arguments: [("S", Int64(60)), ("D", 60), ("ShA", 300), ("ShADad", 300), ("Dd", 300), ("ShADadF", 300)])
    func ofConnectionsThatAreUnderWay(letters: String, timeout: Int64) {
        #expect(!isOver(letters, late: 0, at: 99 + timeout, 999_999_999))
        #expect(isOver(letters, late: 0, at: 100 + timeout))
        // A nanosecond later, and it is the next second's.
        #expect(!isOver(letters, late: 1, at: 100 + timeout))
        #expect(!isOver(letters, late: 1, at: 100 + timeout, 999_999_999))
        #expect(isOver(letters, late: 1, at: 101 + timeout))
        #expect(isOver(letters, late: 999_999_999, at: 101 + timeout))
    }

    @Test(arguments: ["ShADadFfA", "ShADadR", "ShADadr", "Sr", "ShADadFR"])
    func ofConnectionsThatAreOver(letters: String) {
        #expect(!isOver(letters, late: 0, at: 104, 999_999_999))
        #expect(isOver(letters, late: 0, at: 105))
        #expect(!isOver(letters, late: 1, at: 105, 999_999_999))
        #expect(isOver(letters, late: 1, at: 106))
    }

    @Test func ofClosedConnectionsWaitForStragglers() {
        let watch = FlowWatch()
        var conversation = TCPConversation()
        watch.converse("ShADadFf", from: 100, &conversation)
        watch.see(conversation.frame("A"), at: 104)
        watch.advance(to: 108, 999_999_999)
        #expect(watch.ended.isEmpty)
        watch.advance(to: 109)
        #expect(watch.ended.map(\.endReason) == [.fin])
        #expect(watch.ended.map(\.packets) == [9])
    }

    @Test func ofDatagrams() {
        for (late, second) in [(Int64(0), Int64(160)), (1, 161)] {
            let watch = FlowWatch()
            watch.datagram(at: 100, late)
            watch.advance(to: second - 1, 999_999_999)
            #expect(watch.ended.isEmpty)
            watch.advance(to: second)
            #expect(watch.ended.map(\.endReason) == [.idle])
        }
    }

    @Test func startAnewWithEveryPacket() {
        let watch = FlowWatch()
        for second in 0..<10 { watch.datagram(at: Int64(second) * 59) }
        #expect(watch.ended.isEmpty)
        watch.advance(to: 9 * 59 + 60)
        #expect(watch.ended.map(\.packets) == [10])
        #expect(watch.ended.map(\.last) == [Timestamp(nanoseconds: 531_000_000_000)])
    }

    @Test func cutARecordThatGoesOnForHalfAnHour() {
        let watch = FlowWatch()
        for second in stride(from: Int64(0), through: 1830, by: 30) { watch.datagram(at: second) }
        #expect(watch.ended.map(\.endReason) == [.active])
        #expect(watch.ended.map(\.packets) == [60])
        watch.finish()
        #expect(watch.ended.map(\.endReason) == [.active, .captureEnd])
        #expect(watch.ended.map(\.packets) == [60, 2])
        #expect(Set(watch.ended.map(\.identifier)).count == 2)
        #expect(watch.ended.map(\.source) == [.host(1), .host(1)])
    }

    @Test func cutARecordAtTheSecondAndNotBefore() {
        let watch = FlowWatch()
        for second in stride(from: Int64(0), to: 1800, by: 30) { watch.datagram(at: second) }
        watch.advance(to: 1799, 999_999_999)
        #expect(watch.ended.isEmpty)
        watch.advance(to: 1800)
        #expect(watch.ended.map(\.endReason) == [.active])
    }

    @Test func areWhatTheConfigurationSays() {
        var configuration = FlowConfiguration()
        configuration.idle = 10_000
        configuration.active = 100_000
        let watch = FlowWatch(configuration)
        watch.datagram(at: 0)
        // Longer than a turn of the wheel.
        watch.advance(to: 9999, 999_999_999)
        #expect(watch.ended.isEmpty)
        watch.advance(to: 10_000)
        #expect(watch.ended.count == 1)
    }

    @Test func tellOfRunningFlowsAboutEveryMinute() {
        var configuration = FlowConfiguration()
        configuration.reportsUpdates = true
        let watch = FlowWatch(configuration)
        for second in Int64(0)...200 { watch.datagram(at: second) }
        #expect(watch.updated.map(\.packets) == [60, 119, 178])
        #expect(watch.ended.isEmpty)
    }

    @Test func tellOfFlowsThatBegin() {
        var configuration = FlowConfiguration()
        configuration.reportsStarts = true
        let watch = FlowWatch(configuration)
        watch.datagram(at: 0)
        watch.datagram(at: 1)
        watch.answer(at: 2)
        #expect(watch.started.map(\.packets) == [1])
    }
}
