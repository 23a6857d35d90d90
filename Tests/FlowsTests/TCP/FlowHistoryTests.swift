import Testing

@testable import Flows

@Suite("Packed histories")
struct FlowHistoryTests {
    private static let codes: [UInt8] = Array(0..<22)

    @Test func giveBackWhatWasPutIn() {
        var history = FlowHistory()
        var length: UInt8 = 0
        for code in Self.codes { history.append(code, length: &length) }
        #expect(length == FlowHistory.limit)
        let text = (0..<length).map { Character(UnicodeScalar(history.character(at: $0))) }
        #expect(String(text) == "SsHhAaDdFfRrQqIiTt")
    }

    @Test func knowEveryLetterInBothCases() {
        let letters = Self.codes.map { code in
            var history = FlowHistory()
            var length: UInt8 = 0
            history.append(code, length: &length)
            return Character(UnicodeScalar(history.character(at: 0)))
        }
        #expect(String(letters) == "SsHhAaDdFfRrQqIiTtGgWw")
    }

    @Test func findOnlyWhatStandsWithinTheirLength() {
        var history = FlowHistory()
        var length: UInt8 = 0
        #expect(!history.contains(0, length: length))
        history.append(16, length: &length)
        #expect(history.contains(16, length: length))
        #expect(!history.contains(17, length: length))
        #expect(!history.contains(0, length: length))
    }

    @Test func numberLettersByTheirBit() {
        #expect(HistoryLetter.syn.code(isResponder: false) == 0)
        #expect(HistoryLetter.data.code(isResponder: true) == 7)
        #expect(HistoryLetter.inconsistent.code(isResponder: false) == 14)
        #expect(CountedLetter.zeroWindow.code(isResponder: true) == 21)
    }

    /// Counters and key are a cache line, and so is the rest: what is added to either costs every packet or every flow.
    @Test func leaveAFlowAtTwoCacheLines() {
        #expect(MemoryLayout<FlowEntry<IPv4FlowKey>>.stride == 64)
        #expect(MemoryLayout<FlowDetail>.stride == 64)
    }
}
