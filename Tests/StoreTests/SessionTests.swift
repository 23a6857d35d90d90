import Addressing
import Containers
import Flows
import Foundation
import GRDB
import Records
import Testing

@testable import Store

@Suite("Sessions, gaps and the journal")
struct SessionTests {
    @Test func flowsThatBeginAndEndInOneBatchAreOver() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open(at: 100)
        func open(_ number: UInt64, first: Int64, last: Int64) -> FlowRecord {
            var record = SampleFlow.record(number, first: first, last: last)
            record.endReason = nil
            return record
        }
        let ended = [SampleFlow.record(1, first: 101, last: 103), SampleFlow.record(2, first: 101, last: 103)]
        // The second was cut, and goes on.
        try writer.write(ended, open: [open(1, first: 101, last: 102), open(2, first: 104, last: 105)], at: 106)
        let left = try store.read { try Int64.fetchAll($0, sql: "SELECT name FROM open_flows") }
        #expect(left == [2])
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == [1, 2, 2])
    }

    @Test func goOnAfterAFaultAndSayWhatAnOlderCopyLacks() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open(at: 100)
        var open = SampleFlow.record(7, last: 105)
        open.endReason = nil
        try writer.write([], open: [open], at: 110)
        let again = StoreWriter(store)
        #expect(try again.resume(.seconds(100), written: .seconds(110)))
        #expect(try store.gaps().isEmpty)
        #expect(try again.resume(.seconds(100), written: .seconds(115)))
        let gap = try #require(try store.gaps().first)
        #expect(gap.reason == .store && gap.since == .seconds(110) && gap.time == .seconds(115))
        // What was under way still is, and another agent's session is not taken for this one's.
        #expect(try store.flows(FlowQuery()).records.map(\.action) == [.updated])
        #expect(try !again.resume(.seconds(99), written: .seconds(110)))
        try again.end(at: .seconds(120))
        #expect(try !again.resume(.seconds(100), written: .seconds(120)))
    }

    @Test func thatWereKilledLeaveAGapAndTheirFlows() throws {
        let folder = try StoreFolder()
        do {
            let (_, writer) = try folder.open(at: 100)
            var open = SampleFlow.record(7, last: 150)
            open.endReason = nil
            try writer.write([SampleFlow.record(1, last: 140)], open: [open], at: 160)
        }
        let (store, _) = try folder.open(at: 200)
        let gaps = try store.gaps()
        #expect(gaps.map(\.reason) == [.killed])
        #expect(gaps.first?.since == .seconds(160))
        #expect(gaps.first?.time == .seconds(200))
        let flows = try store.flows(FlowQuery()).records
        #expect(flows.map(\.identifier.bits) == [1, 7])
        #expect(flows.last?.endReason == .forced)
        #expect(flows.last?.action == .ended)
    }

    @Test func thatEndInOrderAreNoCrash() throws {
        let folder = try StoreFolder()
        do {
            let (_, writer) = try folder.open(at: 100)
            try writer.end(at: .seconds(150))
        }
        let (store, _) = try folder.open(at: 200)
        #expect(try store.gaps().map(\.reason) == [.stopped])
        #expect(try store.gaps().first?.since == .seconds(150))
    }

    @Test func afterAClockThatWasSetBackDoNotEndBeforeTheyBegin() throws {
        let folder = try StoreFolder()
        do { _ = try folder.open(at: 5000) }
        let (store, _) = try folder.open(at: 1000)
        let gap = try #require(try store.gaps().first)
        #expect(gap.since == gap.time)
    }

    @Test func aSecondAgentIsRefused() throws {
        let folder = try StoreFolder()
        do {
            let lock = try DatabaseLock(of: folder.path)
            let (store, _) = try folder.open()
            #expect(throws: StoreError.inUse(path: folder.path)) { try DatabaseLock(of: folder.path) }
            // Whoever only reads is not.
            #expect(try Store(reading: folder.path).flows(FlowQuery()).records.isEmpty)
            withExtendedLifetime((lock, store)) {}
        }
        _ = try DatabaseLock(of: folder.path)
    }

    @Test func filesAreForOwnerAndGroupAlone() throws {
        let folder = try StoreFolder()
        let lock = try DatabaseLock(of: folder.path)
        defer { withExtendedLifetime(lock) {} }
        let (store, writer) = try folder.open()
        try writer.write([SampleFlow.record(1)])
        for name in ["", "-wal", "-shm", "-lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + name)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o137 == 0, "\(name): \(String(mode, radix: 8))")
        }
        withExtendedLifetime(store) {}
    }

    @Test func aNewerDatabaseIsLeftAlone() throws {
        let folder = try StoreFolder()
        do {
            let (store, _) = try folder.open()
            try store.pool.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from the future')") }
        }
        #expect(throws: StoreError.newer(path: folder.path)) { try Store(path: folder.path) }
    }

    @Test func theJournalReadsAsItWasWritten() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open(at: 10)
        var container = Container(key: ContainerKey(identifier: "c", generation: 1))
        container.description.name = "we\u{1b}b"
        let entries = [
            JournalEntry(time: .seconds(11), change: .host(NetworkNamespace(inode: 1), name: "node")),
            JournalEntry(time: .seconds(12), change: .container(container)),
            JournalEntry(time: .seconds(13), change: .containerEnded(container.key)),
        ]
        var batch = StoreBatch()
        for entry in entries { batch.add(entry) }
        try writer.write(batch, at: .seconds(13))
        let lines = try store.journal()
        var reader = JournalReader()
        var read: [JournalEntry] = []
        for line in lines {
            let bytes = Array((line.text + "\n").utf8)
            try reader.read(bytes.span) { read.append($0) }
        }
        #expect(read == entries)
        #expect(try store.journal(since: .seconds(12), limit: 1).map(\.time) == [.seconds(12)])
        #expect(try store.journal(after: lines[1].number).count == 1)
        #expect(try store.beginning(of: .seconds(20)) == lines[0].number)
        #expect(try store.beginning(of: .seconds(5)) == nil)
    }

    @Test func whoWasWhoIsReadFromTheLastInventory() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open(at: 10)
        func entry(_ second: Int64) -> JournalEntry {
            JournalEntry(time: .seconds(second), change: .host(NetworkNamespace(inode: UInt64(second)), name: "node"))
        }
        var batch = StoreBatch()
        batch.add(entry(11))
        batch.add(entry(12))
        var later = StoreBatch()
        later.add(entry(19))
        later.add(inventory: [entry(20), entry(20)], at: .seconds(20))
        later.add(entry(21))
        batch.add(later)
        try writer.write(batch, at: .seconds(21))
        let lines = try store.journal()
        #expect(lines.map(\.time) == [11, 12, 19, 20, 20, 21].map { .seconds($0) })
        #expect(try store.beginning(of: .seconds(15)) == lines[0].number)
        #expect(try store.beginning(of: .seconds(19)) == lines[0].number)
        #expect(try store.beginning(of: .seconds(20)) == lines[3].number)
        #expect(try !writer.lacksInventory(at: .seconds(30)))
        #expect(try writer.lacksInventory(at: .seconds(20 + 86_400)))
        // What the inventory began with is forgotten.
        try store.pool.write { try $0.execute(sql: "DELETE FROM journal WHERE id <= ?", arguments: [lines[3].number]) }
        #expect(try writer.lacksInventory(at: .seconds(30)))
    }

    @Test func aSessionThatGoesOnInANewFileWantsAnInventory() throws {
        let folder = try StoreFolder()
        let (store, _) = try folder.open(at: 10)
        let writer = StoreWriter(store)
        try writer.begin(at: .seconds(20), version: "1", isWhole: false)
        // The one before began with all that was so, but that is nothing that this one told.
        #expect(try store.beginning(of: .seconds(20)) == nil)
        let fresh = try StoreFolder()
        let another = StoreWriter(try Store(path: fresh.path))
        try another.begin(at: .seconds(20), version: "1", isWhole: false)
        #expect(try another.lacksInventory(at: .seconds(21)))
    }

    @Test func gapsKeepWhatIsNotKnownUnknown() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var gap = StoredGap(time: .seconds(5), reason: .capture)
        gap.interface = "any"
        gap.received = 10
        gap.dropped = 0
        var batch = StoreBatch()
        batch.gaps = [gap]
        try writer.write(batch, at: .seconds(5))
        #expect(try store.gaps() == [gap])
    }

    @Test func flowsWhoseEndWasLostAreOverAfterAnHour() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open(at: 60)
        var lost = SampleFlow.record(7, last: 60)
        lost.endReason = nil
        var live = SampleFlow.record(8, last: 3700)
        live.endReason = nil
        try writer.write([], open: [lost, live], at: 3700)
        _ = try writer.forget(RetentionRules(), at: .seconds(3720))
        let flows = try store.flows(FlowQuery()).records
        #expect(flows.map(\.identifier.bits) == [7, 8])
        #expect(flows.map(\.action) == [.ended, .updated])
        #expect(flows.first?.endReason == .forced)
    }
}
