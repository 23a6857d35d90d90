import Testing

@testable import Detection

@Suite("Who sends most")
struct SenderVoteTests {
    private func vote(_ senders: [Int]) -> SenderVote {
        var vote = SenderVote()
        for sender in senders { vote.add(Stream.stranger(sender)) }
        return vote
    }

    @Test func oneWithMoreThanHalfIsNamed() {
        #expect(vote((0..<300).map { $0 % 3 == 0 ? $0 + 1 : 7 }).isMajority)
        #expect(vote((0..<300).map { $0 % 3 == 0 ? $0 + 1 : 7 }).leader?.subject == Stream.stranger(7).subject)
        #expect(vote([5]).isMajority)
    }

    @Test func nobodyWithLessIs() {
        #expect(!vote(Array(0..<301)).isMajority)
        #expect(!vote((0..<300).map { $0 % 3 == 0 ? 7 : $0 + 1000 }).isMajority)
        #expect(!vote([]).isMajority)
    }

    @Test func whoBeganAndStoppedIsNot() {
        #expect(!vote([Int](repeating: 1, count: 100) + (0..<1000).map { $0 + 50 }).isMajority)
    }
}
