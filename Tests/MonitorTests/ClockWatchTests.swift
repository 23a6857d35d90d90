import Addressing
import Testing

@testable import Monitor

@Suite("A clock that is set")
struct ClockWatchTests {
    private static func time(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

    /// Both clocks go on by 50 ms until so many milliseconds have passed; the one that is watched is ahead by `ahead`.
    private func run(_ watch: inout ClockWatch, _ span: Range<Int64>, ahead: (Int64) -> Int64) -> [ClockWatch.Step] {
        stride(from: span.lowerBound, to: span.upperBound, by: 50).compactMap { now in
            watch.note(Self.time(now + ahead(now)), steady: now * 1_000_000)
        }
    }

    @Test(arguments: [Int64(3_600_000), -3_600_000, 2001, -2001])
    func isNoticedAtOnceAndOnce(step: Int64) {
        var watch = ClockWatch()
        #expect(run(&watch, 0..<10_000) { _ in 100_000_000 }.isEmpty)
        let steps = run(&watch, 10_000..<60_000) { _ in 100_000_000 + step }
        #expect(steps == [ClockWatch.Step(from: Self.time(100_010_000), to: Self.time(100_010_000 + step))])
        #expect(steps.first?.isBack == (step < 0))
    }

    @Test func isNotTakenForSetWhenItIsSlewed() {
        var watch = ClockWatch()
        // An hour at ten times the fastest rate that adjtime(3) has, either way.
        #expect(run(&watch, 0..<3_600_000) { $0 / 200 }.isEmpty)
        #expect(run(&watch, 3_600_000..<7_200_000) { 36_000 - $0 / 200 }.isEmpty)
    }

    @Test func isNotTakenForSetWhenAStepIsSmall() {
        var watch = ClockWatch()
        #expect(run(&watch, 0..<20_000) { $0 < 10_000 ? 0 : 1900 }.isEmpty)
    }

    @Test func saysNothingBeforeTwoLooks() {
        var watch = ClockWatch()
        #expect(watch.note(Self.time(5), steady: 9) == nil)
        #expect(watch.note(Self.time(5), steady: 9) == nil)
    }

    @Test func noticesEachOfSeveral() {
        var watch = ClockWatch()
        let steps = run(&watch, 0..<40_000) { $0 < 10_000 ? 0 : $0 < 20_000 ? 60_000 : 0 }
        #expect(steps.map(\.isBack) == [false, true])
    }
}
