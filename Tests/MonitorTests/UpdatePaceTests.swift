import Testing

@testable import Monitor

@Suite("How often flows are told of")
struct UpdatePaceTests {
    private func intervals(_ pace: inout UpdatePace, _ seconds: Int, flows: Int, busy: Double = 0.1) -> [Int64] {
        (0..<seconds).map { _ in
            pace.look(flows: flows, busy: busy)
            return pace.interval
        }
    }

    @Test(arguments: [(0, Int64(1)), (2000, 1), (2001, 10), (50_000, 10), (50_001, 60), (4_000_000, 60)])
    func goesByTheNumberOfFlowsAtOnce(flows: Int, interval: Int64) {
        var pace = UpdatePace()
        #expect(intervals(&pace, 1, flows: flows) == [interval])
    }

    @Test func quickensAStepAfterTenEasySeconds() {
        var pace = UpdatePace()
        pace.look(flows: 100_000, busy: 0.1)
        #expect(intervals(&pace, 9, flows: 10) == Array(repeating: 60, count: 9))
        #expect(intervals(&pace, 1, flows: 10) == [10])
        #expect(intervals(&pace, 10, flows: 10) == Array(repeating: 10, count: 9) + [1])
    }

    @Test func doesNotFlapAboutALimit() {
        var pace = UpdatePace()
        pace.look(flows: 2001, busy: 0.1)
        for _ in 0..<100 {
            #expect(intervals(&pace, 1, flows: 1999) == [10])
            #expect(intervals(&pace, 1, flows: 2001) == [10])
        }
        // A quarter less it must be, and for ten seconds on end.
        #expect(intervals(&pace, 9, flows: 1500).allSatisfy { $0 == 10 })
        #expect(intervals(&pace, 1, flows: 1501) == [10])
        #expect(intervals(&pace, 10, flows: 1500).last == 1)
    }

    @Test func slowsDownWhereItIsMuchWork() {
        var pace = UpdatePace()
        #expect(intervals(&pace, 3, flows: 100, busy: 0.6) == [1, 1, 10])
        #expect(intervals(&pace, 3, flows: 100, busy: 0.6) == [10, 10, 60])
        // Neither much nor little: as it is.
        #expect(intervals(&pace, 100, flows: 100, busy: 0.4).allSatisfy { $0 == 60 })
        #expect(intervals(&pace, 20, flows: 100, busy: 0.2).last == 1)
    }

    @Test func aBusyMomentIsNone() {
        var pace = UpdatePace()
        for _ in 0..<20 {
            #expect(intervals(&pace, 2, flows: 100, busy: 0.9) == [1, 1])
            #expect(intervals(&pace, 1, flows: 100) == [1])
        }
    }
}
