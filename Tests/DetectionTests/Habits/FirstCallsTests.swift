import Testing

@testable import Detection

@Suite("Pairs that met once") struct FirstCallsTests {
    @Test func theSecondCallKnowsTheFirst() {
        var calls = FirstCalls()
        let first = calls.note(42 << 40, at: Stream.time(1))
        let again = calls.note(42 << 40, at: Stream.time(1))
        let second = calls.note(42 << 40, at: Stream.time(9))
        let third = calls.note(42 << 40, at: Stream.time(17))
        #expect(first == nil && again == nil, "a call is looked at twice")
        #expect(second == Stream.time(1) && third == Stream.time(1))
    }

    @Test func whoComesToATakenPlaceTakesIt() {
        var calls = FirstCalls()
        _ = calls.note(7 << 40, at: Stream.time(1))
        let other = calls.note(7 << 40 | 1 << 20, at: Stream.time(2))
        let one = calls.note(7 << 40, at: Stream.time(3))
        #expect(other == nil && one == nil)
    }
}
