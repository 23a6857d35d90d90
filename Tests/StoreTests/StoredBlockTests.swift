import Addressing
import Containers
import Enforcement
import GRDB
import Policy
import Records
@testable import Store
import Testing

@Suite("Stored blocks")
struct StoredBlockTests {
    private static let start = Timestamp(nanoseconds: 1_800_000_000_000_000_000)

    private static func after(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    }

    private static func record(_ number: UInt64, at seconds: Int64 = 0) throws -> BlockRecord {
        try SampleBlock.record(number, at: after(seconds))
    }

    private static func ended(_ record: BlockRecord, at seconds: Int64) -> BlockRecord {
        record.ended(at: after(seconds))
    }

    private static func inForce(_ store: Store) throws -> [BlockRecord] {
        try store.blocksInForce { Issue.record("\($0)") }
    }

    @Test func thoseInForceComeBackAsTheyStoodLast() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        #expect(try store.lastBlockNumber() == 0)
        #expect(try Self.inForce(store).isEmpty)
        var batch = StoreBatch()
        batch.blocks = [try Self.record(1), try Self.record(2), try Self.record(3)]
        try writer.write(batch, at: Self.start)
        var verified = try Self.record(1)
        verified.action = .verified
        verified.state = .holds
        verified.stopped = StoppedTraffic(packets: 7, bytes: 700)
        batch = StoreBatch()
        batch.blocks = [verified, Self.ended(try Self.record(3), at: 5)]
        try writer.write(batch, at: Self.after(5))
        #expect(try Self.inForce(store) == [verified, try Self.record(2)])
        #expect(try store.blocksEnded { Issue.record("\($0)") } == [Self.ended(try Self.record(3), at: 5)])
        // Numbers are never given twice.
        #expect(try store.lastBlockNumber() == 3)
    }

    @Test func whatEndedIsForgottenWithItsAuditAndWhatHoldsIsNot() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var batch = StoreBatch()
        batch.blocks = [
            try Self.record(1), Self.ended(try Self.record(2), at: 1),
            Self.ended(try Self.record(3, at: 90_000), at: 90_001),
        ]
        batch.audit = [
            AuditRecord(time: Self.start, actor: "root", act: "block_added", outcome: "pending", record: "{}")
        ]
        try writer.write(batch, at: Self.after(90_002))
        var rules = RetentionRules()
        rules.audit.age = 3600
        while try writer.forget(rules, at: Self.after(93_000)).isMore {}
        #expect(try Self.inForce(store).map(\.block.identifier.number) == [1])
        #expect(try store.blocksEnded { Issue.record("\($0)") }.map(\.block.identifier.number) == [3])
        #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit") } == 0)
    }

    @Test func aRowThatCannotBeReadIsNamedAndCostsNoOther() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var batch = StoreBatch()
        batch.blocks = [try Self.record(1), try Self.record(12)]
        try writer.write(batch, at: Self.start)
        try store.pool.write { try $0.execute(sql: "INSERT INTO blocks (id, time, record) VALUES (9, 0, '{}')") }
        var unread: [StoreError] = []
        let read = try store.blocksInForce { unread.append($0) }
        #expect(read.map(\.block.identifier.number) == [1, 12])
        #expect(unread == [.unreadable(table: "blocks", row: 9)])
    }
}
