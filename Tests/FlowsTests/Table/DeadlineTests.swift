import Testing

@testable import Flows

@Suite("Deadlines")
struct DeadlineTests {
    @Test(arguments: [
        (Int64(0), Int64(0)), (1, 1), (999_999_999, 1), (1_000_000_000, 1), (1_000_000_001, 2),
        (-1, 0), (-999_999_999, 0), (-1_000_000_000, -1), (-1_000_000_001, -1),
        (.max, 9_223_372_037), (.min, -9_223_372_036),
    ])
    func fallOnTheNextWholeSecond(time: Int64, second: Int64) {
        #expect(Deadline.second(atOrAfter: time) == second)
    }

    @Test(arguments: [
        (Int64(0), Int64(60), Int64(60_000_000_000)), (-5, 1, 999_999_995), (.max, 1, .max), (.max, 0, .max),
        (0, .max, .max), (.min, 9_223_372_036, -854_775_808),
    ])
    func doNotWrap(time: Int64, seconds: Int64, deadline: Int64) {
        #expect(Deadline.after(time, seconds: seconds) == deadline)
    }
}
