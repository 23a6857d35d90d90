import Addressing
import Containers
import Enforcement
import Policy
import Testing

@Suite("Block ledger")
struct BlockLedgerTests {
    private static func order(_ name: String = "web") throws -> BlockOrder { try Lab.order(name, to: "192.0.2.7") }

    @Test func numbersAreNeverGivenTwice() throws {
        var ledger = BlockLedger(firstNumber: 7)
        let first = try ledger.add(Self.order(), until: nil, at: Lab.start)
        _ = try ledger.release(first.block.identifier, by: Lab.person, at: Lab.start)
        let second = try ledger.add(Self.order(), until: nil, at: Lab.start)
        #expect([first, second].map(\.block.identifier.number) == [7, 8])
        #expect(ledger.blocks == [second.block])
    }

    @Test func entriesSayWhoWhatWhyWhenAndHowMuch() throws {
        var ledger = BlockLedger()
        let added = try ledger.add(Self.order(), until: Lab.after(60), at: Lab.start)
        #expect(added.act == .added)
        #expect(added.author == Lab.person)
        #expect(added.time == Lab.start)
        #expect(added.block.order.reason == "test")
        ledger.note(StoppedTraffic(packets: 3, bytes: 180), by: added.block.identifier)
        let released = try ledger.release(
            added.block.identifier,
            by: .person(userIdentifier: 0, name: ""),
            at: Lab.after(9)
        )
        #expect(released.act == .released)
        #expect(released.stopped == StoppedTraffic(packets: 3, bytes: 180))
        #expect("\(released.author)" == "uid 0")
        #expect(released.time == Lab.after(9))
        #expect(!released.leavesInForce)
        #expect(ledger.count == 0)
    }

    @Test func timesOutInOrderAtItsTime() throws {
        var ledger = BlockLedger()
        let late = try ledger.add(Self.order(), until: Lab.after(20), at: Lab.start).block
        let early = try ledger.add(Self.order(), until: Lab.after(10), at: Lab.start).block
        _ = try ledger.add(Self.order(), until: nil, at: Lab.start)
        #expect(ledger.nextDue == Lab.after(10))
        let before = ledger.advance(to: Timestamp(nanoseconds: Lab.after(10).nanoseconds - 1))
        #expect(before.isEmpty)
        let done = ledger.advance(to: Lab.after(30))
        #expect(done.map(\.block) == [early, late])
        #expect(done.map(\.act) == [.timedOut, .timedOut])
        // Each at its own time, however late one looks.
        #expect(done.map(\.time) == [Lab.after(10), Lab.after(20)])
        #expect(done.map(\.author) == [.course, .course])
        #expect(ledger.nextDue == nil)
        #expect(ledger.count == 1)
    }

    @Test func undoTakesBackOneStepAndNoMore() throws {
        var ledger = BlockLedger()
        let block = try ledger.add(Self.order(), until: Lab.after(60), at: Lab.start).block
        #expect(ledger.undoable?.act == .added)
        #expect(ledger.undoable?.block == block)
        let undone = try ledger.undo(by: Lab.person, at: Lab.after(1))
        #expect(ledger.undoable == nil)
        #expect(undone.act == .released)
        #expect(undone.isUndo)
        #expect(ledger.count == 0)
        #expect(throws: LedgerError.nothingToUndo) { _ = try ledger.undo(by: Lab.person, at: Lab.after(2)) }
        let again = try ledger.add(Self.order(), until: Lab.after(60), at: Lab.start).block
        ledger.note(StoppedTraffic(packets: 5, bytes: 1), by: again.identifier)
        _ = try ledger.release(again.identifier, by: Lab.person, at: Lab.after(3))
        let restored = try ledger.undo(by: Lab.person, at: Lab.after(4))
        #expect(restored.act == .restored)
        #expect(restored.block == again)
        #expect(restored.stopped.packets == 5)
        #expect(ledger.blocks == [again])
        #expect(ledger.nextDue == Lab.after(60))
        #expect(block.identifier < again.identifier)
    }

    @Test func whatWouldBeOverIsNotRestored() throws {
        var ledger = BlockLedger()
        let block = try ledger.add(Self.order(), until: Lab.after(10), at: Lab.start).block
        _ = try ledger.release(block.identifier, by: Lab.person, at: Lab.after(5))
        #expect(throws: LedgerError.over) { _ = try ledger.undo(by: Lab.person, at: Lab.after(10)) }
        #expect(ledger.count == 0)
    }

    @Test func whatIsOfARunThatIsGoneIsNotRestored() throws {
        for turn in 0..<3 {
            var ledger = BlockLedger()
            let block = try ledger.add(Self.order(), until: nil, at: Lab.start).block
            if turn == 0 { ledger.containerEnded(Lab.key("web"), at: Lab.after(1)) }
            _ = try ledger.release(block.identifier, by: Lab.person, at: Lab.after(2))
            if turn == 1 { ledger.containerEnded(Lab.key("web"), at: Lab.after(3)) }
            if turn == 2 { _ = ledger.containerStarted(Lab.key("web", 2), at: Lab.after(3)) }
            let foretold = ledger.undoFlaw(at: Lab.after(4))
            let error = #expect(throws: LedgerError.self) { _ = try ledger.undo(by: Lab.person, at: Lab.after(4)) }
            #expect(error == .gone(block.identifier, Lab.key("web")) && foretold == error)
            #expect(
                error?.description == "Block #1 is not restored: the run of container web that it was of has ended."
            )
            #expect(ledger.count == 0)
            // Somebody else's end is nobody's business here.
            let other = try ledger.add(Self.order("db"), until: nil, at: Lab.after(5)).block
            ledger.containerEnded(Lab.key("web"), at: Lab.after(6))
            _ = try ledger.release(other.identifier, by: Lab.person, at: Lab.after(7))
            #expect(try ledger.undo(by: Lab.person, at: Lab.after(8)).act == .restored)
        }
    }

    @Test func rulesDoNotPushOutWhatAPersonCanUndo() throws {
        var ledger = BlockLedger()
        let mine = try ledger.add(Self.order(), until: nil, at: Lab.start).block
        _ = try ledger.add(Lab.order("web", to: "192.0.2.8", by: Lab.rule), until: nil, at: Lab.start)
        let undone = try ledger.undo(by: Lab.person, at: Lab.after(1))
        #expect(undone.block == mine)
        #expect(ledger.count == 1)
    }

    @Test func refusesWhatMakesNoSenseAndWhatHasNoRoom() throws {
        var ledger = BlockLedger(limit: 2)
        #expect(throws: LedgerError.over) { _ = try ledger.add(Self.order(), until: Lab.start, at: Lab.start) }
        let flawed = try Lab.order("web", to: "192.0.2.7", nil, 80...80)
        #expect(throws: LedgerError.flawed(.portsWithoutProtocol)) {
            _ = try ledger.add(flawed, until: nil, at: Lab.start)
        }
        _ = try ledger.add(Self.order(), until: nil, at: Lab.start)
        _ = try ledger.add(Self.order(), until: nil, at: Lab.start)
        #expect(throws: LedgerError.full(limit: 2)) { _ = try ledger.add(Self.order(), until: nil, at: Lab.start) }
        #expect(throws: LedgerError.unknown(BlockIdentifier(9))) {
            _ = try ledger.release(BlockIdentifier(9), by: Lab.person, at: Lab.start)
        }
    }

    @Test func aRestartedContainerIsFollowed() throws {
        var ledger = BlockLedger(patience: .seconds(600))
        let block = try ledger.add(Self.order(), until: Lab.after(100), at: Lab.start).block
        ledger.containerEnded(Lab.key("web"), at: Lab.after(10))
        #expect(ledger.isWaiting(block.identifier))
        let moved = ledger.containerStarted(Lab.key("web", 2), at: Lab.after(12))
        #expect(moved.map(\.act) == [.followed(from: Lab.key("web"))])
        #expect(moved.map(\.block.order.subject) == [.container(Lab.key("web", 2))])
        #expect(!ledger.isWaiting(block.identifier))
        // An earlier run has no say any more.
        ledger.containerEnded(Lab.key("web"), at: Lab.after(13))
        #expect(!ledger.isWaiting(block.identifier))
        #expect(ledger.advance(to: Lab.after(100)).map(\.act) == [.timedOut])
    }

    @Test func aBlockEndsWithAContainerThatDoesNotComeAgain() throws {
        var ledger = BlockLedger(patience: .seconds(600))
        let forever = try ledger.add(Self.order(), until: nil, at: Lab.start).block
        _ = try ledger.add(Self.order("db"), until: nil, at: Lab.start)
        ledger.containerEnded(Lab.key("web"), at: Lab.after(10))
        #expect(ledger.nextDue == Lab.after(610))
        #expect(ledger.advance(to: Lab.after(609)).isEmpty)
        let done = ledger.advance(to: Lab.after(610))
        #expect(done.map(\.act) == [.containerEnded])
        #expect(done.map(\.block) == [forever])
        #expect(ledger.count == 1)
        #expect(ledger.containerStarted(Lab.key("web", 2), at: Lab.after(620)).isEmpty)
    }

    @Test func releaseAllLeavesNothing() throws {
        var ledger = BlockLedger()
        for name in ["a", "b", "c"] { _ = try ledger.add(Self.order(name), until: Lab.after(5), at: Lab.start) }
        let entries = ledger.releaseAll(by: Lab.person, at: Lab.after(1))
        #expect(entries.map(\.block.identifier.number) == [1, 2, 3])
        #expect(ledger.count == 0)
        #expect(ledger.nextDue == nil)
        #expect(throws: LedgerError.nothingToUndo) { _ = try ledger.undo(by: Lab.person, at: Lab.after(2)) }
    }

    @Test func whatWasWrittenDownIsThereAgainAfterARestart() throws {
        var ledger = BlockLedger()
        for seconds in [10, 60, nil] as [Int64?] {
            _ = try ledger.add(Self.order(), until: seconds.map { Lab.after($0) }, at: Lab.start)
        }
        let written = ledger.blocks
        var restored = BlockLedger(limit: 1)
        let ended = restored.restore(written.reversed(), at: Lab.after(20))
        #expect(ended.map(\.act) == [.timedOut, .released])
        #expect(ended.map(\.time) == [Lab.after(10), Lab.after(20)])
        #expect(restored.blocks == [written[1]])
        #expect(restored.nextDue == Lab.after(60))
        _ = restored.releaseAll(by: Lab.person, at: Lab.after(21))
        let next = try restored.add(Self.order(), until: nil, at: Lab.after(22))
        #expect(next.block.identifier.number == 4)
    }
}
