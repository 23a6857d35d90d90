import Addressing
import Containers
import Testing

@testable import Monitor

@Suite("Turns of listening sockets")
struct ListenerRoundsTests {
    private let first = NetworkNamespace(inode: 1)
    private let second = NetworkNamespace(inode: 2)

    private func milliseconds(_ count: Int64) -> Timestamp { Timestamp(nanoseconds: count * 1_000_000) }

    @Test func oneThatIsNewIsLookedAtMoreAndMoreSeldom() {
        var rounds = ListenerRounds()
        rounds.expect(first, at: milliseconds(0))
        var turns: [Int64] = []
        while let due = rounds.due, due < milliseconds(130_000) {
            turns.append(due.nanoseconds / 1_000_000)
            #expect(rounds.takeDue(at: due) == [first])
        }
        #expect(turns == [50, 250, 1250, 6250, 66_250, 126_250])
    }

    @Test func allAreKnownOnceEachHadItsTurn() {
        var rounds = ListenerRounds()
        #expect(rounds.areKnown)
        rounds.expect(first, at: milliseconds(0))
        rounds.expect(second, at: milliseconds(10))
        #expect(rounds.takeDue(at: milliseconds(50)) == [first])
        #expect(!rounds.areKnown)
        #expect(rounds.takeDue(at: milliseconds(60)) == [second])
        #expect(rounds.areKnown)
    }

    @Test func hurriedTheFirstTurnsComeAtOnceAndTheOthersInTheirTime() {
        var rounds = ListenerRounds()
        rounds.expect(first, at: milliseconds(0))
        _ = rounds.takeDue(at: milliseconds(50))
        rounds.expect(second, at: milliseconds(50))
        rounds.hurry(at: milliseconds(51))
        #expect(rounds.takeDue(at: milliseconds(51)) == [second])
        #expect(rounds.due == milliseconds(250))
    }
}
