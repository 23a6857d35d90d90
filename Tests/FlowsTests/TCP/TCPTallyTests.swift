import Testing

@testable import Flows

@Suite("Tally of what goes wrong in TCP")
struct TCPTallyTests {
    @Test func countsEachFlowAndLetterApart() {
        var tally = TCPTally()
        var counters = FlowCounters()
        var first = FlowDetail()
        first.serial = 1
        var second = FlowDetail()
        second.serial = 2
        for _ in 0..<9 { tally.note(.gap, isResponder: false, &counters, &first) }
        #expect(counters.historyLength == 1)
        tally.note(.gap, isResponder: false, &counters, &second)
        tally.note(.gap, isResponder: true, &counters, &first)
        tally.note(.zeroWindow, isResponder: false, &counters, &first)
        #expect(counters.historyLength == 4)
        tally.note(.gap, isResponder: false, &counters, &first)
        #expect(counters.historyLength == 5)
    }

    @Test func forgetsAFlowThatEnded() {
        var tally = TCPTally()
        var counters = FlowCounters()
        var detail = FlowDetail()
        detail.serial = 7
        tally.note(.retransmission, isResponder: true, &counters, &detail)
        tally.forget(serial: 7)
        tally.note(.retransmission, isResponder: true, &counters, &detail)
        #expect(counters.historyLength == 2)
    }

    @Test func notesALetterOnceWhenItIsFull() {
        var tally = TCPTally()
        for serial in 0..<UInt32(TCPTally.limit) {
            var counters = FlowCounters()
            var detail = FlowDetail()
            detail.serial = serial
            tally.note(.gap, isResponder: false, &counters, &detail)
        }
        var counters = FlowCounters()
        var detail = FlowDetail()
        detail.serial = .max
        for _ in 0..<100 { tally.note(.gap, isResponder: false, &counters, &detail) }
        #expect(counters.historyLength == 1)
        // Those that were in before still count.
        counters = FlowCounters()
        detail = FlowDetail()
        for _ in 0..<9 { tally.note(.gap, isResponder: false, &counters, &detail) }
        #expect(counters.historyLength == 1)
    }
}
