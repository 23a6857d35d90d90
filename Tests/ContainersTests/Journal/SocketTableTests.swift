import Addressing
import Testing

@testable import Containers

@Suite("Sockets of connections")
struct SocketTableTests {
    private static let host = NetworkNamespace(inode: 1)

    private func socket(_ port: UInt16, in namespace: UInt64 = 1, since: Int64, process: Int32 = 7) -> ConnectionSocket
    {
        let key = SocketKey(
            namespace: NetworkNamespace(inode: namespace),
            protocolNumber: 6,
            local: Translation.End(address: .text("10.0.0.1"), port: port),
            remote: Translation.End(address: .text("10.0.0.2"), port: 80)
        )
        var socket = ConnectionSocket(key: key, since: .milliseconds(since))
        socket.process = SocketProcess(identifier: process, name: "x")
        return socket
    }

    private func insert(_ socket: ConnectionSocket, _ table: inout SocketTable) {
        table.insert(socket, isOfHost: socket.key.namespace == Self.host, at: socket.since)
    }

    @Test(arguments: [(-251, nil), (-250, 7), (0, 7), (250, 7), (251, nil)] as [(Int64, Int32?)])
    func anAnswerSpeaksOfTheConnectionThatBeganThen(offset: Int64, process: Int32?) {
        var table = SocketTable(limit: 10, share: 10)
        insert(socket(1, since: 10_000), &table)
        let found = table.answer(socket(1, since: 0).key, at: .milliseconds(10_000 + offset))
        #expect(found?.process?.identifier == process)
        #expect(table.answer(socket(2, since: 0).key, at: .milliseconds(10_000)) == nil)
    }

    @Test func ofSeveralTheNearestCounts() {
        var table = SocketTable(limit: 10, share: 10)
        for (since, process) in [(10_000, 1), (10_200, 2), (10_400, 3)] as [(Int64, Int32)] {
            insert(socket(1, since: since, process: process), &table)
        }
        #expect(table.answer(socket(1, since: 0).key, at: .milliseconds(10_290))?.process?.identifier == 2)
        #expect(table.answer(socket(1, since: 0).key, at: .milliseconds(10_310))?.process?.identifier == 3)
    }

    @Test func toldAgainMoreIsKnownOfIt() {
        var table = SocketTable(limit: 10, share: 10)
        var first = socket(1, since: 10)
        first.process = nil
        insert(first, &table)
        insert(socket(1, since: 10), &table)
        #expect(table.count == 1)
        #expect(table.answer(first.key, at: .milliseconds(10))?.process?.identifier == 7)
    }

    @Test func theOldestGoesWhereThereIsNoRoom() {
        var table = SocketTable(limit: 3, share: 3)
        for port in 1...UInt16(5) { insert(socket(port, since: 10), &table) }
        #expect(table.count == 3 && table.forgotten == 2 && table.refused == 0)
        let known = (1...UInt16(5)).filter { table.answer(socket($0, since: 10).key, at: .milliseconds(10)) != nil }
        #expect(known == [3, 4, 5])
    }

    @Test func aNamespaceTakesNoMoreThanItsShareAndTheHostAll() {
        var table = SocketTable(limit: 6, share: 2)
        for port in 1...UInt16(4) { insert(socket(port, in: 2, since: 10), &table) }
        #expect(table.count == 2 && table.forgotten == 2)
        for port in 1...UInt16(4) { insert(socket(port, since: 10), &table) }
        #expect(table.count == 6)
        // Full: who has something gives of it, who has nothing gets nothing.
        insert(socket(9, since: 11), &table)
        insert(socket(9, in: 3, since: 11), &table)
        #expect(table.count == 6 && table.forgotten == 3 && table.refused == 1)
        #expect(table.answer(socket(4, in: 2, since: 10).key, at: .milliseconds(10)) != nil)
    }

    @Test func whatIsOldIsForgotten() {
        var table = SocketTable(limit: 10, share: 10)
        insert(socket(1, since: 1000), &table)
        insert(socket(2, in: 2, since: 5000), &table)
        table.forget(before: .milliseconds(4000))
        #expect(table.count == 1 && table.forgotten == 0)
        table.forget(before: .milliseconds(6000))
        #expect(table.isEmpty)
    }
}
