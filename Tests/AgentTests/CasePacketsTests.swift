import Addressing
import Agent
import Containers
import Records
import Synchronization
import Testing

/// Folders of packets, and what an agent that was killed has not done with them.
@Suite("Packets of cases")
struct CasePacketsTests {
    private static func record(_ number: UInt64, _ identifier: String) -> CaseRecord {
        let container = Container(key: ContainerKey(identifier: identifier, generation: 1))
        return CaseRecord(number, container, from: Timestamp(nanoseconds: 1), opened: Timestamp(nanoseconds: 2))
    }

    @Test func whatARunBeforeWasToDoIsDone() {
        let done = Mutex<[String]>([])
        let packets = CasePackets(
            path: "/p",
            keep: { name, from, until in
                done.withLock { $0.append("keep \(name) \(from.nanoseconds) \(until.nanoseconds)") }
            },
            release: { name in done.withLock { $0.append("release \(name)") } },
            kept: {
                ["gone", "again", "192.0.2.1", "ended"].map { CasePackets.Folder(name: $0, files: 1, bytes: 1) }
            }
        )
        var (gone, before, ended) = (Self.record(1, "gone"), Self.record(2, "again"), Self.record(4, "ended"))
        (gone.released, before.released, ended.ended) = (gone.opened, gone.opened, Timestamp(nanoseconds: 9))
        var bare = Self.record(5, "bare")
        bare.released = bare.opened
        let all = [gone, before, Self.record(3, "again"), ended, bare]
        packets.reconcile(all, since: Timestamp(nanoseconds: 2))
        #expect(done.withLock { $0 } == ["keep ended 1 9", "release gone"])
        // What ended and was let go of before was done then.
        packets.reconcile(all, since: Timestamp(nanoseconds: 10))
        #expect(done.withLock { $0 }.count == 2)
    }

    @Test func namesThatBeginAlikeHaveFoldersOfTheirOwn() {
        #expect(Self.record(1, "web-frontend-1").folder == "web-frontend-1")
        #expect(Self.record(1, "web-frontend-2").folder == "web-frontend-2")
        #expect(Self.record(1, String(repeating: "0123456789abcdef", count: 4)).folder == "0123456789ab")
        #expect(Self.record(1, String(repeating: "0123456789abcdeg", count: 4)).folder.count == 64)
    }
}
