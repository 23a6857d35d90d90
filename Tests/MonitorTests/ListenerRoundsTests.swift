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
        #expect(Array(turns.prefix(4)) == [50, 250, 1250, 6250])
        // Then once a minute, or up to ten seconds sooner.
        #expect(turns.count >= 6)
        for (before, after) in zip(turns.dropFirst(3), turns.dropFirst(4)) {
            #expect(50_000...60_000 ~= after - before)
        }
    }

    @Test func thoseThatCameTogetherDoNotComeRoundTogether() {
        var rounds = ListenerRounds()
        for inode in 1...64 { rounds.expect(NetworkNamespace(inode: UInt64(inode)), at: milliseconds(0)) }
        var turns: [Int64: Int] = [:]
        while let due = rounds.due, due < milliseconds(70_000) {
            let taken = rounds.takeDue(at: due)
            #expect(!taken.isEmpty && taken.count <= ListenerRounds.turn)
            turns[due.nanoseconds / 1_000_000, default: 0] += taken.count
        }
        #expect(turns[50] == 64)
        #expect(turns.filter { $0.key > 10_000 }.values.max() == 1)
        #expect(turns.values.reduce(0, +) == 64 * 5)
    }

    @Test func whoHasWaitedLongestGoesFirst() {
        var rounds = ListenerRounds()
        for inode in (1...UInt64(ListenerRounds.turn + 1)).reversed() {
            rounds.expect(NetworkNamespace(inode: inode), at: milliseconds(Int64(100 - inode)))
        }
        let taken = rounds.takeDue(at: milliseconds(1000))
        #expect(taken.map(\.inode) == (2...UInt64(ListenerRounds.turn + 1)).reversed())
        #expect(rounds.takeDue(at: milliseconds(1000)) == [first])

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
