import Addressing
import Containers
import Testing

@testable import Monitor

@Suite("Looking for who holds sockets")
struct SocketSearchTests {
    private func milliseconds(_ count: Int64) -> Timestamp { Timestamp(nanoseconds: count * 1_000_000) }

    private func wanted(_ inodes: Set<UInt64>, since time: Int64 = 0) -> SocketSearch.Wanted {
        let end = Translation.End(address: .v4(IPv4Address(bits: 1)), port: 1)
        let key = SocketKey(namespace: NetworkNamespace(inode: 1), protocolNumber: 17, local: end, remote: end)
        let question = SocketQuestion(key: key, since: milliseconds(time), isServer: false)
        return SocketSearch.Wanted(question: question, inodes: inodes, cgroup: 5, since: milliseconds(time))
    }

    private func process(_ identifier: Int32) -> SocketProcess { SocketProcess(identifier: identifier, name: "x") }

    @Test func ofSocketsThatAreNotToldApartOneProcessHoldsAllOrNoneIsNamed() {
        var wanted = wanted([10, 11])
        wanted.holders = [10: process(1)]
        #expect(!wanted.isFound && wanted.process == nil)
        wanted.holders[11] = process(1)
        #expect(wanted.isFound && wanted.process == process(1))
        wanted.holders[11] = process(2)
        #expect(wanted.isFound && wanted.process == nil)
    }

    @Test func whatIsFoundOrTakesTooLongIsDone() {
        var search = SocketSearch()
        search.wanted = [wanted([10]), wanted([11]), wanted([])]
        search.wanted[0].holders = [10: process(1)]
        // The last has been let go of by its process: nothing is looked for.
        #expect(search.takeDone(at: milliseconds(1)).map(\.inodes) == [[10], []])
        #expect(search.takeDone(at: milliseconds(999)).isEmpty)
        #expect(search.takeDone(at: milliseconds(1000)).map(\.inodes) == [[11]])
        #expect(search.wanted.isEmpty && search.due == nil)
    }

    @Test func whatWasNotFoundAmongAllIsDone() {
        var search = SocketSearch()
        search.wanted = [wanted([10])]
        search.noteScanned()
        search.wanted.append(wanted([11]))
        #expect(search.takeDone(at: milliseconds(1)).map(\.inodes) == [[10]])
        #expect(search.wanted.map(\.inodes) == [[11]])
    }

    @Test func lookingAtAllProcessesTakesATwentiethOfTheTime() {
        var search = SocketSearch()
        search.wanted = [wanted([10])]
        #expect(search.mayScan(at: milliseconds(0)))
        search.noteScan(took: 5_000_000, at: milliseconds(5))
        #expect(search.due == milliseconds(100))
        #expect(!search.mayScan(at: milliseconds(99)) && search.mayScan(at: milliseconds(100)))
        // But once a second at least, and not again at once where it costs nothing.
        search.noteScan(took: 500_000_000, at: milliseconds(1000))
        #expect(search.due == milliseconds(2000))
        search.noteScan(took: 1000, at: milliseconds(2000))
        #expect(search.due == milliseconds(2010))
        #expect(search.mayScan(at: milliseconds(0)))
    }

    @Test func oneWhoseContainerIsNotKnownYetIsLookedAtAgain() {
        var search = SocketSearch()
        var found = wanted([10])
        found.holders = [10: process(1)]
        search.keep(found, at: milliseconds(7))
        #expect(search.due == milliseconds(12))
        #expect(search.takeDone(at: milliseconds(12)).count == 1)
    }

    @Test func whoHadSocketsOfAGroupIsRemembered() {
        var search = SocketSearch()
        for process in 1...Int32(10) { search.remember(process, of: 5) }
        search.remember(9, of: 5)
        #expect(search.recent(of: 5) == [9, 10, 8, 7, 6, 5, 4, 3])
        #expect(search.recent(of: nil) == [])
        for group in 0..<UInt64(2000) { search.remember(1, of: group + 100) }
        #expect(search.recent(of: 5) == [] && search.recent(of: 2099) == [1])
    }
}
