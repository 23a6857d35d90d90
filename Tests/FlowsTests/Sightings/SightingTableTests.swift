import Addressing
import Flows
import Testing

@Suite("Sighting table") struct SightingTableTests {
    @Test(arguments: zip([0, 1, 59, 60, 61], [false, false, false, true, true]))
    func tellsAFactAgainAfterAMinute(seconds: Int64, isTold: Bool) {
        let watch = SightingWatch()
        #expect(watch.note(SightingFrames.request(), at: 100) != nil)
        #expect((watch.note(SightingFrames.request(), at: 100 + seconds) != nil) == isTold)
        #expect(watch.counters.told == (isTold ? 2 : 1))
        #expect(watch.counters.repeated == (isTold ? 0 : 1))
    }

    @Test func countsTheMinuteFromWhenItWasToldAndNotFromTheLastRepeat() {
        let watch = SightingWatch()
        let told = (0...150).filter { watch.note(SightingFrames.request(), at: Int64($0)) != nil }
        #expect(told == [0, 60, 120])
    }

    @Test func saysHowOftenAFactWasHeldBack() throws {
        let watch = SightingWatch()
        let first = try #require(watch.note(SightingFrames.request(), at: 0))
        for second in 1...5 { #expect(watch.note(SightingFrames.request(), at: Int64(second)) == nil) }
        let again = try #require(watch.note(SightingFrames.request(), at: 90))
        let last = try #require(watch.note(SightingFrames.request(), at: 200))
        #expect(first.count == 1)
        #expect(first.previous == nil)
        #expect(again.count == 6)
        #expect(again.previous?.seconds == 5)
        #expect(last.count == 1)
        #expect(last.previous?.seconds == 90)
    }

    @Test func takesTheSameMessageElsewhereForARepeat() {
        let watch = SightingWatch()
        #expect(watch.note(SightingFrames.request(), at: 0, point: 1)?.point == 1)
        #expect(watch.note(SightingFrames.request(), at: 0, point: 2) == nil)
    }

    @Test func keepsScopesApart() {
        let watch = SightingWatch()
        #expect(watch.note(SightingFrames.request(), at: 0, scope: 1) != nil)
        #expect(watch.note(SightingFrames.request(), at: 0, scope: 2) != nil)
        #expect(watch.table.count == 2)
    }

    @Test func takesWhatIsOlderThanTheTellingForARepeat() {
        let watch = SightingWatch()
        #expect(watch.note(SightingFrames.request(), at: 1000) != nil)
        #expect(watch.note(SightingFrames.request(), at: 1) == nil)
        #expect(watch.note(SightingFrames.request(), at: 1060)?.previous?.seconds == 1000)
    }

    @Test func standsTheEndsOfTime() {
        let watch = SightingWatch()
        #expect(watch.note(SightingFrames.request(), at: 9_223_372_036) != nil)
        #expect(watch.note(SightingFrames.request(), at: -9_223_372_036) == nil)
        #expect(watch.note(SightingFrames.request(), at: 9_223_372_036) == nil)
        let late = SightingWatch()
        #expect(late.note(SightingFrames.request(), at: -9_223_372_036) != nil)
        #expect(late.note(SightingFrames.request(), at: 9_223_372_036) != nil)
    }

    @Test func forgetsWhatWasToldLongestAgo() {
        let watch = SightingWatch(capacity: 3)
        for host in [1, 2, 3] as [UInt8] { #expect(watch.note(SightingFrames.request(from: host), at: 0) != nil) }
        #expect(watch.note(SightingFrames.request(from: 1), at: 60) != nil)
        #expect(watch.note(SightingFrames.request(from: 4), at: 61) != nil)
        // 2 had its minute, and nothing held back: it is no loss.
        #expect(watch.counters.forgotten == 0)
        #expect(watch.note(SightingFrames.request(from: 1), at: 62) == nil)
        #expect(watch.note(SightingFrames.request(from: 2), at: 62)?.previous == nil)
        #expect(watch.note(SightingFrames.request(from: 5), at: 62) != nil)
        #expect(watch.counters.forgotten == 1)
        #expect(watch.note(SightingFrames.request(from: 1), at: 63) != nil)
        #expect(watch.table.count == 3)
    }

    @Test func countsForgettingOfRepeatsNobodyWasToldOf() {
        let watch = SightingWatch(capacity: 1)
        for second in [0, 1] as [Int64] { _ = watch.note(SightingFrames.request(), at: second) }
        _ = watch.note(SightingFrames.request(from: 9), at: 300)
        #expect(watch.counters.forgotten == 1)
    }

    @Test func holdsNoMoreThanItsLimit() {
        var table = SightingTable(capacity: .max)
        let frame = SightingFrames.request()
        let packet = SightingFrames.packet(frame)
        /// The same in one scope after another: that many facts.
        func isTold(scope: Int) -> Bool {
            unsafe table.note(
                packet,
                frame: frame.span.bytes,
                scope: UInt32(scope),
                point: 0,
                time: Timestamp(nanoseconds: 0)
            ) != nil
        }
        let excess = 10
        let told = (0..<SightingTable.limit + excess).count(where: isTold)
        #expect(told == SightingTable.limit + excess)
        #expect(table.count == SightingTable.limit)
        #expect(table.counters.forgotten == UInt64(excess))
        let (oldest, forgotten) = (isTold(scope: excess), isTold(scope: excess - 1))
        #expect(!oldest)
        #expect(forgotten)
    }

    @Test func holdsOneFactAtLeast() {
        let watch = SightingWatch(capacity: -1)
        #expect(watch.note(SightingFrames.request(), at: 0) != nil)
        #expect(watch.note(SightingFrames.request(), at: 0) == nil)
    }

    @Test func tellsTheSameOfTheSameFrames() {
        func told() -> [Sighting] {
            let watch = SightingWatch(capacity: 7)
            return (0..<2000).compactMap { number in
                watch.note(SightingFrames.request(from: UInt8(number * number % 11)), at: Int64(number / 3))
            }
        }
        #expect(told() == told())
    }
}
