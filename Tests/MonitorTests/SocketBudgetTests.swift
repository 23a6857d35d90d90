import Addressing
import Containers
import Testing

@testable import Monitor

@Suite("How many sockets are asked for")
struct SocketBudgetTests {
    private static let home = NetworkNamespace(inode: 1)

    private func admitted(
        _ budget: inout SocketBudget,
        of count: Int,
        in namespace: UInt64 = 1,
        isServer: Bool = false,
        at milliseconds: Int64
    ) -> Int {
        let end = Translation.End(address: .v4(IPv4Address(bits: 1)), port: 1)
        let key = SocketKey(
            namespace: NetworkNamespace(inode: namespace),
            protocolNumber: 6,
            local: end,
            remote: end
        )
        let now = Timestamp(nanoseconds: milliseconds * 1_000_000)
        let question = SocketQuestion(key: key, since: now, isServer: isServer)
        return (0..<count).count { _ in budget.admits(question, home: Self.home, at: now) }
    }

    @Test func aSecondHasAThousand() {
        var budget = SocketBudget()
        #expect(admitted(&budget, of: 700, at: 0) == 700)
        #expect(admitted(&budget, of: 700, at: 999) == 300)
        #expect(admitted(&budget, of: 700, at: 1000) == 700)
        // A clock that was set back does not stop it.
        #expect(admitted(&budget, of: 700, at: -5000) == 700)
    }

    @Test func aScanOfTheHostLeavesHalfToWhoBegins() {
        var budget = SocketBudget()
        #expect(admitted(&budget, of: 5000, isServer: true, at: 0) == 500)
        #expect(admitted(&budget, of: 5000, at: 0) == 500)
    }

    @Test func aNamespaceOfContainersHasItsPart() {
        var budget = SocketBudget()
        #expect(admitted(&budget, of: 5000, in: 2, at: 0) == 250)
        #expect(admitted(&budget, of: 5000, in: 3, at: 0) == 250)
        #expect(admitted(&budget, of: 5000, at: 0) == 500)
    }
}
