import Addressing
import Testing
import Wire

@testable import Flows

@Suite("Tables beside the flows")
struct SideTableTests {
    private func tunnel(_ identifier: UInt32) -> Tunnel {
        Tunnel(stack: TunnelStack(), identifier: identifier, source: nil, destination: nil, destinationPort: 4789)
    }

    private func answer(_ name: String) -> ApplicationDetails {
        var details = ApplicationDetails()
        details.serverName = name
        return details
    }

    @Test func numberTunnelsFromOne() {
        var table = TunnelTable()
        #expect(table.number(of: tunnel(7)) == 1)
        #expect(table.number(of: tunnel(8)) == 2)
        #expect(table.number(of: tunnel(7)) == 1)
        #expect(table[2]?.identifier == 8)
        #expect(table[0] == nil)
    }

    @Test func keepNoMoreTunnelsThanTheirBound() {
        var table = TunnelTable()
        let limit = UInt32(TunnelTable.limit)
        for identifier in 0..<limit + 3 { _ = table.number(of: tunnel(identifier)) }
        #expect(table.overflows == 3)
        #expect(table.number(of: tunnel(limit + 1)) == 0)
        #expect(table.number(of: tunnel(5)) == 6)
    }

    @Test func keepEachAnswerOnce() {
        var table = ApplicationTable()
        let first = table.merge(answer("a"), into: 0)
        #expect(first == 1)
        #expect(table.merge(answer("a"), into: 0) == first)
        #expect(table.merge(answer("b"), into: 0) == 2)
        #expect(table[first]?.serverName == "a")
        #expect(table[0] == nil)
    }

    @Test func forgetAnAnswerThatNobodyGivesAnyMore() {
        var table = ApplicationTable()
        let number = table.merge(answer("a"), into: 0)
        _ = table.merge(answer("a"), into: 0)
        table.release(number)
        #expect(table[number]?.serverName == "a")
        table.release(number)
        table.release(0)
        #expect(table[number]?.serverName == nil)
        #expect(table.merge(answer("b"), into: 0) == number)
    }

    @Test func addToAnAnswerWithoutChangingThatOfOthers() {
        var table = ApplicationTable()
        let shared = table.merge(answer("a"), into: 0)
        _ = table.merge(answer("a"), into: 0)
        var more = ApplicationDetails()
        more.httpHost = "h"
        let own = table.merge(more, into: shared)
        #expect(own != shared)
        #expect(table[own]?.serverName == "a")
        #expect(table[own]?.httpHost == "h")
        #expect(table[shared]?.httpHost == nil)
        #expect(table.merge(answer("a"), into: own) == own)
    }

    @Test func keepNoMoreAnswersThanTheirBound() {
        var table = ApplicationTable()
        for number in 0..<ApplicationTable.limit { _ = table.merge(answer(String(number)), into: 0) }
        #expect(table.merge(answer("one more"), into: 0) == 0)
        #expect(table.overflows == 1)
        table.release(5)
        #expect(table.merge(answer("one more"), into: 0) == 5)
    }
}
